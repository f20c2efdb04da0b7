"""Dried fruit: jujubes, goji berries, raisins."""

import numpy as np

from .. import vessels
from ..arrange import heaped, packed, scattered
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble


@draws("yx-141124-31", closer=((40, 30), 500))
def jujubes(scene):
    opening = vessels.bowl(scene, vessels.CELADON)
    for layer in range(3):
        for at in packed(scene.rng, opening, 104, margin=62 + 72 * layer, loose=0.1):
            jujube(scene, at, opening.dome(*at, 34) + 20 * layer)


def jujube(scene, at, z):
    """A dried red date, wrinkled, with the scar of its stalk."""
    red = varied(scene.rng, colour("#8c2a1e"), 0.13, 0.03)
    turn = scene.rng.random() * 6.28

    def painted(surface):
        ridge = np.clip(surface.grain, -1.5, 1.5)
        worn = red * (1 + 0.13 * ridge)[..., None]
        return mix(worn, red * 0.5, np.clip((surface.u - 0.86) / 0.1, 0, 1))

    long, wide = 60 * scene.rng.normal(1, 0.08), 40 * scene.rng.normal(1, 0.06)
    pebble(
        scene,
        at,
        (long, wide, 36),
        Skin(painted, gloss=0.4, soft=0.15, grain=17, rough=2.7),
        z=z,
        turn=turn,
        square=2.3,
    )
    scar = (at[0] + np.cos(turn) * long * 0.9, at[1] + np.sin(turn) * long * 0.9)
    pebble(scene, scar, (5, 5, 7), Skin(colour("#b08a55")), z=z + 11)


@draws("yx-640521-32")
def goji(scene):
    opening = vessels.bowl(scene)
    heaped(scene, opening, 50, colour("#6e1f12"))
    for i, at in enumerate(scattered(scene.rng, opening, 1500, margin=30)):
        berry(scene, at, opening.dome(*at, 50) + 20 * i / 1500)


def berry(scene, at, z):
    """A goji berry: long, wrinkled, a pale dot where it hung."""
    red = varied(scene.rng, colour("#c23a1c"), 0.11, 0.03)
    turn = scene.rng.random() * 6.28

    def painted(surface):
        return red * (1 + 0.14 * surface.grain)[..., None]

    long = 30 * scene.rng.normal(1, 0.14)
    pebble(
        scene,
        at,
        (long, 12.5, 14),
        Skin(painted, gloss=0.34, soft=0.5, grain=10, rough=1.4),
        z=z,
        turn=turn,
        square=2.1,
    )
    end = (at[0] + np.cos(turn) * long * 0.93, at[1] + np.sin(turn) * long * 0.93)
    pebble(scene, end, (3.4, 3.4, 3), Skin(colour("#efdfae")), z=z + 4)


@draws("yx-650402-33")
def raisins(scene):
    opening = vessels.bamboo_tray(scene)
    for i, at in enumerate(scattered(scene.rng, opening, 1250, margin=40)):
        raisin(scene, at, opening.dome(*at, 34) + 26 * i / 1250)


def raisin(scene, at, z):
    """A green raisin dried in the shade, long and folded."""
    green = varied(scene.rng, colour("#a59c58"), 0.1, 0.03)
    amber = scene.rng.random() < 0.16
    base = mix(green, colour("#9a6a34"), 0.75) if amber else green

    def painted(surface):
        return mix(base * (1 + 0.16 * surface.grain)[..., None], base * 1.4, 0.3 * np.clip(surface.grain - 0.8, 0, 1))

    long = 29 * scene.rng.normal(1, 0.13)
    skin = Skin(painted, gloss=0.26, soft=0.5, grain=12, rough=2.2)
    pebble(scene, at, (long, long * 0.52, 18), skin, z=z, turn=scene.rng.random() * 6.28, square=2.3)
