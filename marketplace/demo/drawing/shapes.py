"""Three solids everything is made of: the pebble, the tube and the slab."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

NOTHING = -np.inf


@dataclass(frozen=True)
class Surface:
    """A solid seen from above: ``u`` along and ``v`` across, -1 to 1; ``edge`` 0 in the middle to 1 at the outline."""

    u: np.ndarray
    v: np.ndarray
    edge: np.ndarray
    grain: np.ndarray | float = 0.0

    @property
    def angle(self):
        return np.arctan2(self.v, self.u)


@dataclass(frozen=True)
class Skin:
    """How a solid looks: a colour (or a function of its surface), gloss, softness, and bumps ``grain`` units wide."""

    colour: np.ndarray | Callable
    gloss: float = 0.15
    soft: float = 0.0
    grain: float = 0.0
    rough: float = 0.0

    def of(self, colour):
        return replace(self, colour=colour)

    def paint(self, surface):
        return self.colour(surface) if callable(self.colour) else self.colour


def pebble(scene, at, size, skin, *, z=0.0, turn=0.0, square=2.0, flat=0.5, wobble=(), taper=None):
    """A rounded body of half-length, half-width and height ``size``; ``wobble`` lists (waves, depth, phase) of its outline.

    ``taper`` gives the share of the width at each point along (-1 to 1), for what is slimmer at one end.
    """
    length, width, tall = size
    window = scene.window(*at, max(length, width) * (1.1 + sum(abs(depth) for _, depth, _ in wobble)))
    if not window.x.size:
        return
    along, across = window.turned(turn)
    u, v = along / length, across / width
    if wobble:
        angle = np.arctan2(v, u)
        outline = 1 + sum(depth * np.sin(angle * waves + phase) for waves, depth, phase in wobble)
        u, v = u / outline, v / outline
    if taper is not None:
        v = v / taper(u)
    reach = np.abs(u) ** square + np.abs(v) ** square
    rise = tall * np.clip(1 - reach, 0, 1) ** flat
    _lay(scene, window, Surface(u, v, reach), z + rise, reach < 1, skin)


def tube(scene, path, radii, skin, *, flat=1.0):
    """A round rod through the points ``path`` (x, y, height of its axis); one radius for all points or one for each."""
    path = np.asarray(path, np.float32)
    radii = np.broadcast_to(np.asarray(radii, np.float32), len(path))
    middle = (path.max(0) + path.min(0))[:2] / 2
    window = scene.window(*middle, float(np.ptp(path[:, :2], axis=0).max() / 2 + radii.max() * 1.05))
    if not window.x.size:
        return
    along, across, radius, axis = _nearest(path - [*middle, 0], radii, window)
    reach = np.abs(across)
    rise = flat * radius * np.sqrt(np.clip(1 - reach**2, 0, 1))
    _lay(scene, window, Surface(along * 2 - 1, across, reach), axis + rise, reach < 1, skin)


def _nearest(path, radii, window):
    """For every pixel: how far along the path (0-1), how far off it in radii (signed), the radius and axis height there."""
    lengths = np.hypot(*np.diff(path[:, :2], axis=0).T)
    ends = np.concatenate([[0], np.cumsum(lengths)]) / max(lengths.sum(), 1e-6)
    best = [
        np.zeros_like(window.x),
        np.full_like(window.x, 1e6),
        np.ones_like(window.x),
        np.zeros_like(window.x),
    ]
    for i in range(len(path) - 1):
        found = _off_segment(path[i], path[i + 1], radii[i : i + 2], ends[i : i + 2], window)
        closer = np.abs(found[1]) < np.abs(best[1])
        for kept, new in zip(best, found, strict=True):
            kept[closer] = new[closer]
    return best


def _off_segment(start, end, radii, ends, window):
    step = end[:2] - start[:2]
    squared = max(float(step @ step), 1e-6)
    x, y = window.x - start[0], window.y - start[1]
    share = np.clip((x * step[0] + y * step[1]) / squared, 0, 1)
    radius = radii[0] + (radii[1] - radii[0]) * share
    side = np.where(x * step[1] - y * step[0] > 0, -1, 1)
    away = side * np.hypot(x - share * step[0], y - share * step[1]) / radius
    return ends[0] + (ends[1] - ends[0]) * share, away, radius, start[2] + (end[2] - start[2]) * share


def slab(scene, at, size, skin, *, z=0.0, turn=0.0, corner=4.0, bevel=4.0):
    """A flat block of half-length, half-width and height ``size``, with round corners and bevelled edges, in units."""
    length, width, tall = size
    window = scene.window(*at, float(np.hypot(length, width)) + 2)
    if not window.x.size:
        return
    along, across = window.turned(turn)
    over_x, over_y = np.abs(along) - length + corner, np.abs(across) - width + corner
    outside = (
        np.hypot(np.maximum(over_x, 0), np.maximum(over_y, 0)) + np.minimum(np.maximum(over_x, over_y), 0) - corner
    )
    drop = bevel * (1 - np.sqrt(1 - np.clip(outside / bevel + 1, 0, 1) ** 2))
    edge = np.clip(1 + outside / max(bevel, 1e-3), 0, 1)
    _lay(scene, window, Surface(along / length, across / width, edge), z + tall - drop, outside < 0, skin)


def _lay(scene, window, surface, height, inside, skin):
    if skin.grain:
        surface = replace(surface, grain=scene.textures.sample(skin.grain, height.shape))
        height = height + skin.rough * surface.grain * np.clip((1 - surface.edge) * 3, 0, 1)
    height = np.where(inside, height, NOTHING)
    scene.lay(window, height, skin.paint(surface), gloss=skin.gloss, soft=skin.soft)
