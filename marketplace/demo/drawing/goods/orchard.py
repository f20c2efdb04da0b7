"""Fruit of trees and vines other than citrus."""

import numpy as np

from .. import vessels
from ..arrange import packed, rows
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble, slab, tube
from .ball import Pole
from .leaf import leaf, stalk


@draws("yx-610629-23", closer=((-90, -90), 520))
def apples(scene):
    vessels.crate(scene, radius=380)
    for at in rows(scene.rng, 4, 4, 184):
        apple(scene, at, 20)
    leaf(scene, (-30, 85), 62, 0.5, z=150)
    leaf(scene, (190, -105), 58, -0.6, z=150)


def apple(scene, at, z):
    """Red in streaks from a pale stalk cavity, speckled."""
    pole, radius = Pole.any(scene.rng, 0.5), 90 * scene.rng.normal(1, 0.025)
    red, dark, straw = (varied(scene.rng, colour(code), 0.04) for code in ("#cc3a30", "#a31c26", "#e9c468"))

    def painted(surface):
        longitude, away = pole.meridians(surface)
        streak = 0.5 + 0.5 * np.sin(longitude * 29 + 3 * np.sin(longitude * 7)) * np.sin(longitude * 17 + 1)
        flushed = mix(red, dark, 0.75 * streak)
        open_sun = mix(flushed, straw, 0.95 * np.exp(-((away / 0.42) ** 2)) + 0.16 * (1 - streak))
        return mix(open_sun, straw, 0.65 * (surface.grain > 1.9))

    skin = Skin(painted, gloss=0.55, soft=0.25, grain=9, rough=0.1)
    pebble(scene, at, (radius, radius * 0.98, 82), skin, z=z, square=2.05, wobble=((5, 0.012, longish(scene)),))
    pit = pole.at(at, radius)
    scene.dent(pit, 19, 26, shade=0.15)
    stalk(scene, pit, 34, scene.rng.random() * 6.28, z=z + 66 * np.cos(pole.tilt), thick=4, rise=0.6)


def longish(scene):
    return scene.rng.random() * 6.28


@draws("yx-652801-24")
def pears(scene):
    opening = vessels.basket(scene)
    for at in packed(scene.rng, opening, 168, margin=92, loose=0.03):
        pear(scene, at, opening.dome(*at, 24))


def pear(scene, at, z):
    """A small green-yellow pear on its side, with a faint red cheek."""
    turn, size = scene.rng.random() * 6.28, scene.rng.normal(1, 0.04)
    forward = np.array([np.cos(turn), np.sin(turn)])
    green, cheek = varied(scene.rng, colour("#c6bf58"), 0.04), colour("#bd7440")

    def painted(surface):
        speck = 0.5 * (surface.grain > 1.75)
        blush = 0.65 * np.clip(surface.v * 1.3 - 0.25 + 0.15 * surface.u, 0, 1)
        return mix(mix(green, cheek, blush), colour("#8a7d3c"), speck)

    pebble(
        scene,
        at,
        (100 * size, 74 * size, 112),
        Skin(painted, gloss=0.3, soft=0.5, grain=7),
        z=z,
        turn=turn,
        taper=necked,
    )
    tip = np.array(at) + forward * 92 * size
    stalk(scene, tuple(tip), 46, turn + scene.rng.normal(0, 0.3), z=z + 50, thick=4, rise=0.3)
    foot = np.array(at) - forward * 92 * size
    scene.dent(tuple(foot), 9, 14, shade=0.6)


def necked(along):
    """Broad at the foot, drawn in to a neck."""
    return 1.02 - 0.24 * along - 0.22 * np.clip(along, 0, 1) ** 2


@draws("yx-110117-26", closer=((-100, 60), 520))
def peaches(scene):
    vessels.bowl(scene, vessels.CELADON, radius=420)
    for count, away in ((9, 298), (3, 108)):
        for i in range(count):
            angle = i * 2 * np.pi / count + 0.3
            peach(scene, (away * np.cos(angle), away * np.sin(angle)), 30 if count == 9 else 44)
    leaf(scene, (150, -130), 74, -0.7, z=150, slim=0.28)
    leaf(scene, (-140, 150), 70, 2.2, z=150, slim=0.28)


def peach(scene, at, z):
    """Velvet, cream at the stalk, red where the sun was, with its seam."""
    radius, pole = 98 * scene.rng.normal(1, 0.03), Pole.any(scene.rng, 0.5)
    cream, pink, red = (varied(scene.rng, colour(code), 0.03) for code in ("#f0c98f", "#e57f68", "#b23241"))
    sunny = scene.rng.random() * 6.28

    def painted(surface):
        longitude, away = pole.meridians(surface)
        sun = 0.5 + 0.5 * np.cos(longitude - sunny) + 0.18 * surface.grain
        warmed = mix(mix(cream, pink, sun * np.clip(away * 1.3, 0, 1)), red, np.clip(sun * away - 0.75, 0, 0.8))
        seam = np.exp(-((longitude * np.clip(np.sin(away), 0.05, 1) / 0.045) ** 2)) * (np.abs(longitude) < 1)
        return mix(warmed, red * 0.7, 0.5 * seam)

    skin = Skin(painted, gloss=0.06, soft=0.4, grain=34, rough=0.4)
    pebble(scene, at, (radius, radius * 0.97, radius * 0.95), skin, z=z)
    pit = pole.at(at, radius)
    for share in (0.1, 0.3, 0.5, 0.68):
        away = share * radius * 0.8
        seam = (pit[0] + np.cos(pole.bearing) * away, pit[1] + np.sin(pole.bearing) * away)
        scene.dent(seam, 13, 6 * (1 - share), turn=pole.bearing, stretch=1.8)
    scene.dent(pit, 15, 14, shade=0.25)


@draws("yx-640502-27", closer=((150, 110), 520))
def watermelon(scene):
    vessels.board(scene, size=(462, 405))
    melon(scene, (-120, -95), 250)
    half_melon(scene, (165, 130), 215)


def melon(scene, at, radius):
    """The whole fruit: dark ragged stripes from pole to pole."""
    pole = Pole(0.62, -2.4)
    pale, dark = colour("#8fae62"), colour("#27482b")

    def painted(surface):
        longitude, away = pole.meridians(surface)
        ragged = np.sin(longitude * 9 + 0.55 * surface.grain + 0.5 * np.sin(away * 9))
        stripe = np.clip(ragged * 2.2 + 0.1, 0, 1)
        veined = mix(pale, dark, 0.3 * np.clip(surface.grain - 0.2, 0, 1))
        return mix(veined, dark, 0.93 * stripe)

    skin = Skin(painted, gloss=0.4, grain=26, rough=0.15)
    pebble(scene, at, (radius, radius, 205), skin, z=22)
    pit = pole.at(at, radius)
    scene.dent(pit, 18, 12)
    stalk(scene, pit, 60, -2.0, z=22 + 205 * np.cos(pole.tilt), thick=6, tint=colour("#7c8a4c"), rise=0.3)


def half_melon(scene, at, radius):
    """The cut half: red flesh, seeds in a ring, white and green rind."""
    red, heart, white, green = (colour(code) for code in ("#d23b35", "#de564a", "#eff0d6", "#3e6b35"))

    def painted(surface):
        away = np.sqrt(surface.edge)
        flesh = mix(heart, red, np.clip(away * 1.6 - 0.2, 0, 1)) * (1 + 0.05 * surface.grain)[..., None]
        return mix(mix(flesh, white, np.clip((away - 0.85) / 0.07, 0, 1)), green, away > 0.955)

    pebble(scene, at, (radius, radius, 120), Skin(green, gloss=0.3), z=22, flat=0.3)
    face = Skin(painted, gloss=0.4, soft=0.5, grain=10, rough=0.7)
    pebble(scene, at, (radius - 2, radius - 2, 7), face, z=138, flat=0.12)
    for ring, count in ((0.42, 9), (0.62, 15), (0.7, 12)):
        for angle in np.arange(count) * 2 * np.pi / count + scene.rng.random() * 6:
            seed(scene, at, radius * ring * scene.rng.normal(1, 0.06), angle)


def seed(scene, at, away, angle):
    middle = (at[0] + away * np.cos(angle), at[1] + away * np.sin(angle))
    pebble(
        scene,
        middle,
        (10.5, 6.5, 6),
        Skin(colour("#231712"), gloss=0.6),
        z=141,
        turn=angle + scene.rng.normal(0, 0.25),
    )


@draws("yx-451022-28")
def mangoes(scene):
    vessels.bamboo_tray(scene)
    for i, (x, y) in enumerate(((-215, -205), (-40, -235), (130, -210), (260, -70), (-260, -30), (-95, -50))):
        mango(scene, (x, y), 0.5 + 0.35 * i)
    hedgehog(scene, (115, 90), 0.25)
    hedgehog(scene, (-110, 215), -0.35)


def mango(scene, at, turn):
    """A slim green mango with a beak, yellowing on one side."""
    forward = np.array([np.cos(turn), np.sin(turn)])
    green, ripe = varied(scene.rng, colour("#86a03c"), 0.05), colour("#d8b53c")

    def painted(surface):
        yellow = np.clip(0.55 * surface.v + 0.35 * surface.u + 0.15 * surface.grain, 0, 0.85)
        return mix(mix(green, ripe, yellow), colour("#55682c"), 0.5 * (surface.grain > 2.0))

    skin = Skin(painted, gloss=0.3, soft=0.35, grain=12, rough=0.15)
    beaked = ((1, 0.05, 1.2), (2, 0.05, 0.7), (3, 0.03, 0.5))
    pebble(scene, at, (118, 74, 118), skin, z=16, turn=turn, wobble=beaked, taper=lambda along: 1 - 0.2 * along)
    stalk(scene, tuple(np.array(at) - forward * 104), 26, turn + np.pi, z=50, thick=5, rise=0.1)


def hedgehog(scene, at, turn):
    """A cheek of mango cut in cubes and turned inside out."""
    flesh = colour("#f0ac2a")
    pebble(scene, at, (165, 104, 46), Skin(colour("#8ea23f"), gloss=0.25), z=14, turn=turn, flat=0.35)
    pebble(scene, at, (156, 96, 50), Skin(flesh * 0.62), z=22, turn=turn, flat=0.35)
    cos, sin = np.cos(turn), np.sin(turn)
    for along in range(-3, 4):
        for across in range(-2, 3):
            u, v = along * 43, across * 41
            away = (u / 150) ** 2 + (v / 98) ** 2
            if away < 1.02:
                cube = (at[0] + u * cos - v * sin, at[1] + u * sin + v * cos)
                skin = Skin(varied(scene.rng, flesh, 0.04, 0.01), gloss=0.5, soft=0.9, grain=9, rough=0.6)
                slab(scene, cube, (18.5, 17.5, 50), skin, z=66 - 26 * away, turn=turn, corner=6, bevel=8)


@draws("yx-500237-29")
def plums(scene):
    opening = vessels.bowl(scene, vessels.PORCELAIN, inner=colour("#dfe4e2"))
    for layer in range(2):
        for at in packed(scene.rng, opening, 112, margin=62 + 70 * layer, loose=0.06):
            plum(scene, at, opening.dome(*at, 28) + 34 * layer)
    leaf(scene, (-60, -40), 60, 0.6, z=170)
    leaf(scene, (130, 120), 54, -2.4, z=165)


def plum(scene, at, z):
    """A crisp green-yellow plum under its frost, with a seam and a short stalk."""
    radius, pole = 57 * scene.rng.normal(1, 0.05), Pole.any(scene.rng, 0.6)
    green = mix(varied(scene.rng, colour("#93a93e"), 0.06), colour("#c5b544"), 0.6 * scene.rng.random())

    def painted(surface):
        longitude, away = pole.meridians(surface)
        seam = np.exp(-((longitude * np.clip(np.sin(away), 0.05, 1) / 0.05) ** 2)) * (np.abs(longitude) < 1)
        frosted = mix(green, colour("#d5dcc4"), 0.24 * np.clip(surface.grain + 0.3, 0, 1))
        return mix(frosted, green * 0.5, 0.55 * seam)

    pebble(scene, at, (radius, radius * 0.98, radius * 0.92), Skin(painted, gloss=0.26, soft=0.8, grain=42), z=z)
    pit = pole.at(at, radius)
    scene.dent(pit, 9, 9, shade=0.25)
    stalk(
        scene,
        pit,
        17,
        scene.rng.random() * 6.28,
        z=z + radius * 0.8 * np.cos(pole.tilt),
        thick=2.6,
        tint=colour("#6d7a3a"),
    )


@draws("yx-511025-30")
def loquats(scene):
    vessels.bamboo_tray(scene)
    opening = vessels.Opening(425, floor=14)
    for x, y, turn in ((-225, -165, 0.6), (215, -180, 2.4), (-205, 190, -0.7)):
        leaf(scene, (x, y), 150, turn, z=26, tint=colour("#3f6a38"), slim=0.33)
    for at in packed(scene.rng, opening, 128, margin=130, loose=0.05):
        turn = scene.rng.random() * 6.28
        twig = (at[0] - 84 * np.cos(turn), at[1] - 84 * np.sin(turn))
        tube(scene, [(*twig, 40), (*at, 52)], 6, Skin(colour("#8a7a4d"), grain=8, rough=0.7))
        loquat(scene, at, turn, z=opening.dome(*at, 44))
    leaf(scene, (60, 120), 130, -0.5, z=150, tint=colour("#3f6a38"), slim=0.33)


def loquat(scene, at, turn, *, z):
    gold = varied(scene.rng, colour("#eaa136"), 0.05)

    def painted(surface):
        return mix(gold, colour("#c98327"), 0.45 * (surface.grain > 1.7) + 0.3 * np.clip(surface.u - 0.4, 0, 1))

    long = 63 * scene.rng.normal(1, 0.05)
    skin = Skin(painted, gloss=0.16, soft=0.7, grain=8)
    pebble(scene, at, (long, 54, 54), skin, z=z, turn=turn, square=2.1)
    eye = (at[0] + 0.86 * long * np.cos(turn), at[1] + 0.86 * long * np.sin(turn))
    scene.dent(eye, 10, 10, shade=0.72)
