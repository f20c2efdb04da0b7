"""Mushrooms of the dried-goods shelf."""

import numpy as np

from .. import vessels
from ..arrange import packed
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble, tube


@draws("yx-231086-07")
def wood_ear(scene):
    opening = vessels.bamboo_tray(scene)
    for layer in range(2):
        for at in packed(scene.rng, opening, 104, margin=80 + 70 * layer, loose=0.14):
            ear(scene, at, opening.dome(*at, 30) + 22 * layer)


def ear(scene, at, z):
    """A small bowl-shaped ear: black and wrinkled, brown along its rim, some showing their grey-brown back."""
    phases = scene.rng.random(3) * 6.28
    frill = ((2, 0.17, phases[0]), (3, 0.11, phases[1]), (7, 0.07, phases[2]))
    back = scene.rng.random() < 0.16
    base = varied(scene.rng, colour("#6b5a4c") if back else colour("#352d29"), 0.12)

    def painted(surface):
        rim = np.clip((surface.edge - 0.7) / 0.3, 0, 1)
        return mix(base * (1 + 0.16 * surface.grain)[..., None], colour("#8a7461"), 0.55 * rim)

    wide = 56 * scene.rng.normal(1, 0.16)
    skin = Skin(painted, gloss=0.06 if back else 0.4, grain=21, rough=4.6)
    pebble(scene, at, (wide, wide * 0.82, 27), skin, z=z, turn=scene.rng.random() * 6, flat=0.45, wobble=frill)
    if not back:
        scene.dent(at, wide * 0.42, 11, shade=0.2)


@draws("yx-130881-08")
def nameko(scene):
    opening = vessels.bowl(scene, vessels.PORCELAIN, inner=colour("#d8d3c6"))
    for layer in range(3):
        for at in packed(scene.rng, opening, 82, margin=62 + 50 * layer, loose=0.16):
            toadstool(scene, at, opening.dome(*at, 26) + 20 * layer)


def toadstool(scene, at, z):
    """A little amber cap with a slippery shine, its pale stem showing on one side."""
    lean = scene.rng.random() * 6.28
    foot = (at[0] + 46 * np.cos(lean), at[1] + 46 * np.sin(lean))
    stem = varied(scene.rng, colour("#e2c48f"), 0.06)
    tube(scene, [(*at, z + 4), (*foot, z - 4)], [9, 11], Skin(stem, gloss=0.2, soft=0.4))
    amber, rim = varied(scene.rng, colour("#b8681f"), 0.08), colour("#e3ad5a")

    def painted(surface):
        return mix(
            amber * (1 - 0.25 * (1 - surface.edge))[..., None],
            rim,
            np.clip((surface.edge - 0.55) / 0.45, 0, 1) ** 1.5,
        )

    wide = 33 * scene.rng.normal(1, 0.16)
    pebble(scene, at, (wide, wide * 0.96, wide * 0.72), Skin(painted, gloss=0.85, soft=0.4), z=z + 4)


@draws("yx-511722-09", closer=((-20, -30), 500))
def shiitake(scene):
    opening = vessels.bamboo_tray(scene)
    for layer in range(2):
        for i, at in enumerate(packed(scene.rng, opening, 150, margin=78 + 92 * layer)):
            turned_over = layer == 1 and i % 5 == 1
            (gills if turned_over else cap)(scene, at, opening.dome(*at, 30) + 26 * layer)


def cap(scene, at, z):
    """A thick cap whose brown skin has split into pale flowers, as it does in dry cold."""
    islands = scene.rng.uniform(-1, 1, (15, 2))
    brown, cream = varied(scene.rng, colour("#80593b"), 0.08), colour("#dcc7a0")

    def painted(surface):
        split = np.exp(-((apart(surface, islands) / 0.1) ** 2)) * np.clip(1.3 - surface.edge, 0, 1)
        skin = brown * (0.85 + 0.2 * surface.edge + 0.07 * surface.grain)[..., None]
        return mix(
            mix(skin, cream, 0.9 * split),
            colour("#b99a70"),
            0.5 * np.clip((surface.edge - 0.86) / 0.14, 0, 1),
        )

    wide = 74 * scene.rng.normal(1, 0.09)
    uneven = ((2, 0.04, scene.rng.random() * 6), (5, 0.025, scene.rng.random() * 6))
    skin = Skin(painted, gloss=0.03, grain=24, rough=1.6)
    pebble(scene, at, (wide, wide * 0.95, 52), skin, z=z, turn=scene.rng.random() * 6, square=2.2, wobble=uneven)


def apart(surface, islands):
    """How much nearer each point is to its own island than to the next one: 0 along the cracks between them."""
    away = np.hypot(surface.u[..., None] - islands[:, 0], surface.v[..., None] - islands[:, 1])
    nearest = np.partition(away, 1, axis=-1)
    return nearest[..., 1] - nearest[..., 0]


def gills(scene, at, z):
    """One lying on its back: rolled edge, gills, short stem."""
    cream = varied(scene.rng, colour("#c4a473"), 0.05)

    def painted(surface):
        gill = 0.5 + 0.5 * np.sin(surface.angle * 62)
        rolled = np.clip((surface.edge - 0.64) / 0.1, 0, 1)
        return mix(cream * (0.72 + 0.28 * gill)[..., None], colour("#6d4a30"), rolled)

    pebble(scene, at, (74, 71, 34), Skin(painted, gloss=0.04, soft=0.2), z=z, flat=0.25)
    scene.dent(at, 46, 15)
    tip = (at[0] + scene.rng.normal(0, 10), at[1] + scene.rng.normal(0, 10))
    tube(scene, [(*at, z + 12), (*tip, z + 44)], [20, 15], Skin(cream * 0.9, gloss=0.05, grain=10, rough=1.0))
