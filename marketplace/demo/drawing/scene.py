"""The scene: what lies on the cloth, as four fields of one size."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from .texture import SPAN, Textures

WEAVE = SPAN / 140


@dataclass(frozen=True)
class Window:
    """The part of the scene around one piece, with the distance of every pixel from the piece's middle, in units."""

    area: tuple
    x: np.ndarray
    y: np.ndarray

    def turned(self, turn):
        """Coordinates along and across a direction ``turn`` radians clockwise from the x axis."""
        cos, sin = np.cos(turn), np.sin(turn)
        return self.x * cos + self.y * sin, self.y * cos - self.x * sin


class Scene:
    """Height (units above the cloth), colour, gloss and softness (how far light wanders inside) of every pixel."""

    def __init__(self, key, cloth, side=1200):
        self.side, self.scale = side, side / SPAN
        self.rng = np.random.default_rng(crc32(key.encode()))
        self.textures = Textures(self.rng, side)
        self.gloss = np.zeros((side, side), np.float32)
        self.soft = np.zeros((side, side), np.float32)
        self._spread(cloth)

    def _spread(self, cloth):
        everywhere = self.everywhere()
        threads = np.sin(everywhere.x * 2 * np.pi / WEAVE) + np.sin(everywhere.y * 2 * np.pi / WEAVE)
        rim = np.maximum(np.abs(everywhere.x), np.abs(everywhere.y)) / (SPAN / 2)
        folds = self.textures.field(330) * (1 - np.clip(rim, 0, 1) ** 4)  # flat at the rim, where the light wraps round
        self.height = (0.11 * threads + 3.0 * folds).astype(np.float32)
        self.colour = cloth * (1 + 0.008 * threads + 0.02 * folds)[..., None].astype(np.float32)

    def everywhere(self):
        return self.window(0, 0, SPAN)

    def window(self, x, y, reach):
        """The square of ``reach`` units each way around (x, y), as far as the picture goes."""
        rows, columns = self._pixels(y, reach), self._pixels(x, reach)
        down = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) / self.scale - SPAN / 2 - y
        right = (np.arange(columns.start, columns.stop, dtype=np.float32) + 0.5) / self.scale - SPAN / 2 - x
        grid_x, grid_y = np.meshgrid(right, down)
        return Window((rows, columns), grid_x, grid_y)

    def _pixels(self, middle, reach):
        first, last = ((middle + way * reach + SPAN / 2) * self.scale for way in (-1, 1))
        return slice(max(0, min(self.side, int(first))), max(0, min(self.side, int(last) + 2)))

    def lay(self, window, height, colour, *, gloss=0.0, soft=0.0):
        """Puts a surface down; it is seen where it is higher than what lies there (-inf: nothing of it)."""
        seen = height > self.height[window.area]
        self.height[window.area][seen] = height[seen]
        self.colour[window.area][seen] = np.broadcast_to(colour, (*height.shape, 3))[seen]
        self.gloss[window.area][seen] = gloss
        self.soft[window.area][seen] = soft

    def dent(self, at, radius, depth, *, shade=0.0, turn=0.0, stretch=1.0):
        """Presses a soft hollow into whatever is there; ``shade`` darkens it."""
        window = self.window(*at, radius * 3 * max(stretch, 1))
        along, across = window.turned(turn)
        hollow = np.exp(-((along / stretch) ** 2 + across**2) / radius**2)
        self.height[window.area] -= depth * hollow
        self.colour[window.area] *= (1 - shade * hollow)[..., None]

    def ground(self, at, reach):
        """The height something of this reach would come to rest on."""
        here = self.height[self.window(*at, reach).area]
        return float(here.mean()) if here.size else 0.0
