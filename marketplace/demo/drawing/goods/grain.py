"""Rice, millet and the other grains: thousands of small pebbles in a heap."""

import numpy as np

from .. import vessels
from ..arrange import heaped, scattered
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble, tube

RICE, PEARL_RICE, LONG_RICE = colour("#efe6d3"), colour("#efe9dd"), colour("#eae3d1")


def heap(scene, opening, count, size, skin, *, dome=62, square=2.2, colours=None, light=0.05):
    """A heap of grains of half-length and half-width ``size``; later grains lie on earlier ones."""
    colours = [skin.colour] if colours is None else colours
    heaped(scene, opening, dome, colours[0] * 0.6)
    length, width = size
    for i, at in enumerate(scattered(scene.rng, opening, count, margin=width)):
        tint = varied(scene.rng, colours[scene.rng.integers(len(colours))], light)
        grown = scene.rng.normal(1, 0.09)
        place = opening.dome(*at, dome) + 14 * i / count
        body = (length * grown, width * grown, width * 0.95)
        pebble(scene, at, body, skin.of(tint), z=place, turn=scene.rng.random() * np.pi, square=square)


def rice(scene, opening, tint, size, count, **heaping):
    heap(scene, opening, count, size, Skin(tint, gloss=0.22, soft=0.45), light=0.04, **heaping)


def scoop(scene, at, turn, wood=vessels.WALNUT):
    """A turned wooden scoop lying in the heap, its mouth towards ``turn``."""
    along = np.array([np.cos(turn), np.sin(turn)])
    handle = [(*(np.array(at) - along * away), 106 + away * 0.1) for away in (95, 160, 225)]
    tube(scene, handle, (15, 12, 17), vessels.plank(wood))
    pebble(scene, at, (120, 76, 44), vessels.plank(wood), z=82, turn=turn, square=2.5, flat=0.22)
    hollow = tuple(np.array(at) + along * 12)
    pebble(scene, hollow, (100, 60, 2), Skin(wood * 0.55), z=127, turn=turn, square=2.5)
    return hollow


def scoopful(scene, at, turn, count, size, skin):
    """Grains in the scoop."""
    for i in range(count):
        along, across = np.sqrt(scene.rng.random()) * np.array([86, 46]) * _bearing(scene.rng)
        spot = (
            at[0] + along * np.cos(turn) - across * np.sin(turn),
            at[1] + along * np.sin(turn) + across * np.cos(turn),
        )
        body = (*size, size[1])
        tint = skin.of(varied(scene.rng, skin.colour, 0.035))
        pebble(scene, spot, body, tint, z=128 + 16 * i / count, turn=scene.rng.random() * np.pi, square=2.2)


def _bearing(rng):
    angle = rng.random() * 2 * np.pi
    return np.array([np.cos(angle), np.sin(angle)])


@draws("qqhr-rice", closer=((70, 40), 470))
def qiqihar_rice(scene):
    opening = vessels.sack(scene)
    rice(scene, opening, RICE, (19, 8.6), 3600, dome=78)
    inside = scoop(scene, (60, 40), -0.7)
    scoopful(scene, inside, -0.7, 230, (19, 8.6), Skin(RICE, gloss=0.22, soft=0.45))


@draws("lwxt-rice-2.5")
def xingta_rice(scene):
    rice(scene, vessels.tub(scene), colour("#ece0c4"), (20, 8), 3800, dome=56)


@draws("yx-230184-05", closer=((-150, -120), 430))
def wuchang_rice(scene):
    rice(scene, vessels.bowl(scene, vessels.CELADON), PEARL_RICE, (23, 7.8), 4000, dome=54)


@draws("yx-230129-06")
def yanshou_rice(scene):
    rice(scene, vessels.crate(scene), LONG_RICE, (30, 7), 4200, dome=46)


@draws("yx-522731-12")
def black_rice(scene):
    husks = [colour(code) for code in ("#2e2026", "#241a20", "#3f2a31", "#54383b")]
    heap(scene, vessels.bowl(scene), 4200, (20, 7.4), Skin(husks[0], gloss=0.35), colours=husks, dome=54)


@draws("yx-140430-11", closer=((120, -130), 400))
def millet(scene):
    tints = [colour(code) for code in ("#e5b53f", "#e9bd4d", "#d9a533", "#efc963")]
    skin = Skin(tints[0], gloss=0.16, soft=0.8)
    heap(scene, vessels.bowl(scene, vessels.INDIGO), 8200, (9.4, 8.6), skin, colours=tints, dome=62)


@draws("yx-140224-10")
def tartary_buckwheat(scene):
    tints = [colour(code) for code in ("#b09a55", "#a08a49", "#c2ac6c", "#8d7a45")]
    opening = vessels.bowl(scene, colour("#5c4a3d"), inner=colour("#4a3a30"))
    heaped(scene, opening, 58, tints[3] * 0.6)
    for i, at in enumerate(scattered(scene.rng, opening, 4300, margin=10)):
        kernel(scene, at, opening.dome(*at, 58) + 14 * i / 4300, varied(scene.rng, tints[i % 4], 0.07))


def kernel(scene, at, z, tint, size=12.5):
    """A three-cornered buckwheat kernel, paler along its ridges."""

    def ridged(surface):
        return mix(tint, tint * 1.5, 0.7 * np.clip(np.cos(surface.angle * 3) - 0.55, 0, 1))

    corners = ((3, 0.17, scene.rng.random() * 6),)
    turn = scene.rng.random() * 6
    pebble(
        scene,
        at,
        (size * 1.1, size, size * 0.9),
        Skin(ridged, gloss=0.12, soft=0.4),
        z=z,
        turn=turn,
        wobble=corners,
    )


@draws("yx-522324-13")
def jobs_tears(scene):
    opening = vessels.bowl(scene, vessels.WALNUT, rim=34, gloss=0.12)
    tint = colour("#e6d8bc")
    heaped(scene, opening, 56, tint * 0.5)
    for i, at in enumerate(scattered(scene.rng, opening, 1250, margin=18)):
        tear(scene, at, opening.dome(*at, 56) + 22 * i / 1250, varied(scene.rng, tint, 0.05))


def tear(scene, at, z, tint):
    """A pearl of Job's tears: a plump seed with one brown furrow."""
    furrow = colour("#8a6238")
    towards = scene.rng.normal(0, 0.28)

    def painted(surface):
        near = np.exp(-(((surface.v - towards) / 0.17) ** 2)) * (np.abs(surface.u) < 0.86)
        return mix(tint, furrow, 0.85 * near)

    turn = scene.rng.random() * 6.28
    wide = 19 * scene.rng.normal(1, 0.07)
    pebble(scene, at, (wide * 1.16, wide, 19), Skin(painted, gloss=0.2, soft=0.9), z=z, turn=turn, square=2.3)
    aside = (at[0] - np.sin(turn) * towards * wide, at[1] + np.cos(turn) * towards * wide)
    scene.dent(aside, 4.2, 5, turn=turn, stretch=2.6)


@draws("yx-150524-14")
def buckwheat_flour(scene):
    opening = vessels.bowl(scene, vessels.PINE, rim=38, gloss=0.1)
    heaped(scene, opening, 40, colour("#e2dcd0") * 0.9)
    pebble(scene, (0, 0), (opening.radius - 14, opening.radius - 14, 96), flour(), z=22, flat=1.15)
    for _ in range(26):
        ridge(scene, opening)
    scoop(scene, (-30, 60), 2.3)
    pebble(scene, (-38, 69), (84, 48, 30), flour(), z=122, turn=2.3)
    for at in scattered(scene.rng, opening, 34, margin=40):
        kernel(scene, at, scene.ground(at, 6) - 2, varied(scene.rng, colour("#4c4038"), 0.2), size=13)


def flour():
    pale = colour("#d9d2c6")

    def specked(surface):
        return mix(pale * (1 + 0.015 * surface.grain)[..., None], colour("#a89a86"), 0.4 * (surface.grain > 2.1))

    return Skin(specked, gloss=0.0, soft=1.0, grain=11, rough=0.9)


def ridge(scene, opening):
    """The edge of a little landslide in the flour."""
    angle, away = scene.rng.random() * 6.28, opening.radius * (0.25 + 0.6 * scene.rng.random())
    at = (away * np.cos(angle), away * np.sin(angle))
    scene.dent(at, 26, scene.rng.normal(0, 5), turn=angle + 1.57, stretch=2.4)
