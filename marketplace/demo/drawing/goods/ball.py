"""What round fruit share: a pole where the stalk sat, meridians that run from it, and the cut face of a citrus."""

from dataclasses import dataclass

import numpy as np

from ..colour import colour, mix
from ..shapes import Skin, pebble


@dataclass(frozen=True)
class Pole:
    """Where the stalk end of a ball points: ``tilt`` radians away from the eye, towards ``bearing``."""

    tilt: float
    bearing: float

    @classmethod
    def any(cls, rng, most=0.5):
        return cls(most * np.sqrt(rng.random()), rng.random() * 2 * np.pi)

    def at(self, middle, radius):
        """The point of the picture where the pole of a ball shows."""
        away = radius * np.sin(self.tilt)
        return middle[0] + away * np.cos(self.bearing), middle[1] + away * np.sin(self.bearing)

    def meridians(self, surface):
        """Longitude (radians) and distance from the pole (0, at the far end pi) of every point of the ball."""
        up = np.sqrt(np.clip(1 - surface.u**2 - surface.v**2, 0, 1))
        east = surface.v * np.cos(self.bearing) - surface.u * np.sin(self.bearing)
        ahead = surface.u * np.cos(self.bearing) + surface.v * np.sin(self.bearing)
        south = ahead * np.cos(self.tilt) - up * np.sin(self.tilt)
        north = ahead * np.sin(self.tilt) + up * np.cos(self.tilt)
        return np.arctan2(east, south), np.arccos(np.clip(north, -1, 1))


def segmented(pulp, pith, peel, count, *, rind=0.12):
    """The cut face of a citrus fruit: ``count`` segments, white walls, a rind of this share of the radius."""

    def painted(surface):
        away = np.sqrt(surface.edge)
        wall = np.abs((surface.angle / (2 * np.pi) * count) % 1 - 0.5) * 2
        juicy = pulp * (1 + 0.08 * surface.grain)[..., None]
        white = (away > 1 - rind) | (wall > 1 - 0.06 / np.clip(away, 0.12, 1)) | (away < 0.08)
        return mix(mix(juicy, pith, white), peel, away > 0.965)

    return Skin(painted, gloss=0.45, soft=0.5, grain=11, rough=0.7)


def calyx(scene, at, z, radius=9, tint="#6f8140"):
    """The little green star a fruit keeps when its stalk is cut."""
    turn = scene.rng.random() * 6
    for i in range(5):
        angle = turn + i * 2 * np.pi / 5
        point = (at[0] + radius * 0.6 * np.cos(angle), at[1] + radius * 0.6 * np.sin(angle))
        pebble(scene, point, (radius * 0.75, radius * 0.42, 4), Skin(colour(tint), gloss=0.05), z=z, turn=angle)
    pebble(scene, at, (radius * 0.35, radius * 0.35, 5), Skin(colour("#a89a6a")), z=z + 1)
