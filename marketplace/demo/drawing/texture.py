"""Roughness: smooth random fields that look the same at every drawing size."""

import numpy as np
from scipy.ndimage import zoom

SPAN = 1000


def noise(rng, scale, side):
    """A field of ``side`` x ``side`` pixels, mean 0 and deviation 1, whose bumps are about ``scale`` units wide."""
    knots = max(4, int(SPAN / scale) + 2)
    lattice = rng.random((knots, knots)).astype(np.float32)
    field = zoom(lattice, side / (knots - 1) * 1.02, order=3)[:side, :side]
    return (field - field.mean()) / field.std()


class Textures:
    """Noise made once for each scale, from which every piece takes its own sample."""

    def __init__(self, rng, side):
        self.rng, self.side = rng, side
        self.fields = {}

    def field(self, scale):
        if scale not in self.fields:
            coarse, fine = (noise(self.rng, s, self.side) for s in (scale, scale / 2.2))
            self.fields[scale] = 0.8 * coarse + 0.35 * fine
        return self.fields[scale]

    def sample(self, scale, shape):
        """A random cut of ``shape`` pixels."""
        down, along = self.rng.random(2)
        field = self.field(scale)
        top, left = int(down * (self.side - shape[0])), int(along * (self.side - shape[1]))
        return field[top : top + shape[0], left : left + shape[1]]
