"""Leaves and stalks, which tell fruit from a ball."""

import numpy as np

from ..colour import colour, mix, varied
from ..shapes import Skin, pebble, tube

GREEN, PALE_VEIN, BARK = colour("#4c7a34"), colour("#a3bf7c"), colour("#6b4f33")


def leaf(scene, at, length, turn, *, z, tint=GREEN, slim=0.4):
    """A leaf with a midrib and side veins, curling a little."""
    green = varied(scene.rng, tint, 0.08)

    def veined(surface):
        rib = np.exp(-((surface.v / 0.07) ** 2))
        side = np.clip(np.sin(surface.u * 17 - np.abs(surface.v) * 7) - 0.82, 0, 1) * 3
        return mix(green * (1 - 0.15 * surface.v)[..., None], PALE_VEIN, np.maximum(0.75 * rib, 0.4 * side))

    body = (length, length * slim, 13)
    pebble(
        scene,
        at,
        body,
        Skin(veined, gloss=0.22, soft=0.3, grain=34, rough=1.8),
        z=z,
        turn=turn,
        square=1.6,
        flat=0.4,
    )


def stalk(scene, at, length, turn, *, z, thick=4.5, tint=BARK, rise=0.5):
    """A woody stalk leaving ``at`` in the direction ``turn``."""
    reach = np.linspace(0, length, 4)
    bend = turn + 0.25 * np.sin(np.linspace(0, 1.5, 4))
    path = [
        (at[0] + away * np.cos(b), at[1] + away * np.sin(b), z + rise * away)
        for away, b in zip(reach, bend, strict=True)
    ]
    tube(scene, path, [thick, thick * 0.8, thick * 0.8, thick * 1.4], Skin(tint, gloss=0.08))
