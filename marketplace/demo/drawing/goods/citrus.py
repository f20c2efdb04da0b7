"""Oranges, mandarins and pomelos."""

import numpy as np

from .. import vessels
from ..arrange import packed
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble
from .ball import Pole, calyx, segmented
from .leaf import leaf

ORANGE, MANDARIN, POMELO, PITH = colour("#ee8a18"), colour("#ee7a14"), colour("#d6c653"), colour("#f6ecd2")


def peel(tint, pores=0.9):
    """Citrus peel, dimpled by its oil glands."""

    def painted(surface):
        return tint * (1 + 0.03 * np.clip(surface.grain, -2, 1))[..., None]

    return Skin(painted, gloss=0.3, soft=0.5, grain=6.5, rough=pores)


def orange(scene, at, z, radius=82):
    pole = Pole.any(scene.rng, 0.55)
    radius *= scene.rng.normal(1, 0.03)
    pebble(scene, at, (radius, radius * 0.98, radius * 0.92), peel(varied(scene.rng, ORANGE, 0.04)), z=z)
    stalk_end = pole.at(at, radius)
    top = z + radius * 0.92 * np.cos(pole.tilt)
    scene.dent(stalk_end, 11, 7)
    if scene.rng.random() < 0.55:
        calyx(scene, stalk_end, top - 8)
    else:
        navel(scene, stalk_end)


def navel(scene, at):
    """The second, tiny fruit at the foot of a navel orange shows as a folded ring."""
    scene.dent(at, 9, 9, shade=0.35)
    pebble(scene, at, (5, 4, 4), Skin(ORANGE * 0.8), z=scene.ground(at, 5))


@draws("yx-360722-21", closer=((100, 110), 520))
def navel_oranges(scene):
    opening = vessels.bamboo_tray(scene)
    for at in packed(scene.rng, opening, 160, margin=88, loose=0.03):
        orange(scene, at, opening.dome(*at, 26))
    halved(scene, (100, 120), 100, segmented(colour("#f29a2e"), PITH, ORANGE, 10))
    leaf(scene, (-70, 150), 82, 0.5, z=140)
    leaf(scene, (-120, 90), 70, -0.8, z=140)


def halved(scene, at, radius, face):
    """Half a fruit, its cut face up, on top of the others."""
    pebble(scene, at, (radius, radius, 40), Skin(ORANGE), z=96, flat=0.3)
    pebble(scene, at, (radius - 1, radius - 1, 6), face, z=132, turn=scene.rng.random(), flat=0.15)


@draws("yx-610722-22")
def mandarins(scene):
    opening = vessels.basket(scene)
    for i, at in enumerate(packed(scene.rng, opening, 128, margin=72, loose=0.04)):
        mandarin(scene, at, opening.dome(*at, 26), leafy=i % 5 == 0)
    peeled(scene, (45, 70), 104)


def mandarin(scene, at, z, *, leafy):
    """Flatter than an orange, loose in its skin, often picked with a leaf."""
    radius, pole = 66 * scene.rng.normal(1, 0.05), Pole.any(scene.rng, 0.35)
    tint = varied(scene.rng, MANDARIN, 0.05)

    def painted(surface):
        longitude, away = pole.meridians(surface)
        creased = np.clip(np.sin(longitude * 11), 0, 1) * np.exp(-away * 3)
        return mix(
            tint * (1 + 0.03 * surface.grain)[..., None],
            colour("#d9a020"),
            0.6 * np.exp(-away * 4) + 0.3 * creased,
        )

    pebble(
        scene,
        at,
        (radius, radius * 0.97, radius * 0.7),
        Skin(painted, gloss=0.34, soft=0.5, grain=6, rough=0.6),
        z=z,
    )
    top = pole.at(at, radius)
    scene.dent(top, 12, 8)
    calyx(scene, top, z + radius * 0.62 - 6, radius=8)
    if leafy:
        turn = scene.rng.random() * 6.28
        away = (top[0] + 50 * np.cos(turn), top[1] + 50 * np.sin(turn))
        leaf(scene, away, 52, turn, z=z + radius * 0.7)


def peeled(scene, at, z):
    """One peeled: its segments round the core, with a few white threads."""
    tint = colour("#f28c28")

    def juicy(surface):
        return mix(tint * (1 + 0.05 * surface.grain)[..., None], PITH, 0.5 * np.clip(surface.grain - 1.1, 0, 1))

    for i in range(9):
        angle = i * 2 * np.pi / 9
        middle = (at[0] + 34 * np.cos(angle), at[1] + 34 * np.sin(angle))
        skin = Skin(juicy, gloss=0.3, soft=0.9, grain=12, rough=0.5)
        pebble(scene, middle, (39, 18, 44), skin, z=z, turn=angle, square=2.9)
    pebble(scene, at, (8, 8, 8), Skin(PITH), z=z + 26)


@draws("yx-350628-25")
def pomelos(scene):
    vessels.bamboo_tray(scene)
    pomelo(scene, (-185, -95), 190)
    pomelo(scene, (165, -165), 180)
    face = segmented(colour("#c8474a"), PITH, POMELO, 12, rind=0.2)
    pebble(scene, (75, 190), (188, 188, 60), Skin(POMELO), z=40, flat=0.3)
    pebble(scene, (75, 190), (186, 186, 6), face, z=98, turn=0.4, flat=0.15)
    scene.dent((75, 190), 16, 12, shade=0.1)
    leaf(scene, (-200, 235), 92, 0.35, z=40)


def pomelo(scene, at, radius):
    pole = Pole(0.35, -2.2)

    def painted(surface):
        _, away = pole.meridians(surface)
        green = mix(POMELO, colour("#a9b548"), 0.9 * np.exp(-away * 1.2))
        return green * (1 + 0.03 * np.clip(surface.grain, -2, 1))[..., None]

    pear = ((1, 0.03, -2.2), (2, 0.02, 0.6))
    pebble(
        scene,
        at,
        (radius, radius * 0.96, radius * 0.85),
        Skin(painted, gloss=0.2, soft=0.4, grain=8, rough=1.0),
        wobble=pear,
    )
    top = pole.at(at, radius)
    scene.dent(top, 22, 12)
    calyx(scene, top, radius * 0.85 * np.cos(pole.tilt) - 12, radius=13)
