"""Where the pieces go: heaped, packed or in rows inside the opening of a vessel."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Opening:
    """The room inside a vessel: half-width in units, round or square, and the height of its floor."""

    radius: float
    square: bool = False
    floor: float = 10.0

    def share(self, x, y):
        """0 in the middle, 1 at the wall."""
        away = np.maximum(np.abs(x), np.abs(y)) if self.square else np.hypot(x, y)
        return away / self.radius

    def dome(self, x, y, tall):
        """The height of a heap ``tall`` units high in the middle."""
        return self.floor + tall * (1 - np.clip(self.share(x, y), 0, 1) ** 2)


def scattered(rng, opening, count, margin=0.0):
    """``count`` points anywhere inside, at least ``margin`` from the wall."""
    radius = opening.radius - margin
    while count > 0:
        x, y = (rng.random(2) * 2 - 1) * radius
        if opening.share(x, y) <= radius / opening.radius:
            yield x, y
            count -= 1


def packed(rng, opening, spacing, margin=0.0, loose=0.07):
    """Points about ``spacing`` apart as fruit settles in a tray, in no order; the outermost touch the margin."""
    pattern = _honeycomb if opening.square else _rings
    points = [
        (x + rng.normal(0, spacing * loose), y + rng.normal(0, spacing * loose))
        for x, y in pattern(rng, opening.radius - margin, spacing)
    ]
    rng.shuffle(points)
    return points


def _rings(rng, radius, spacing):
    """Ring inside ring, as one fills a round tray."""
    count = max(1, round(radius / (spacing * 0.9)))
    for away in np.linspace(radius, radius * 0.12, count + 1 if radius > spacing * 0.6 else 1):
        places = max(1, int(2 * np.pi * away / spacing))
        phase = rng.random() * 2 * np.pi
        for i in range(places):
            angle = phase + i * 2 * np.pi / places
            yield (away if places > 1 else 0) * np.cos(angle), (away if places > 1 else 0) * np.sin(angle)


def _honeycomb(_, radius, spacing):
    """Every second row moved by half a place, as one fills a crate."""
    rows = int(radius / spacing / 0.866) + 1
    for row in range(-rows, rows + 1):
        for column in range(-rows - 1, rows + 2):
            x, y = (column + 0.5 * (row % 2)) * spacing, row * spacing * 0.866
            if max(abs(x), abs(y)) <= radius:
                yield x, y


def rows(rng, columns, lines, spacing, loose=3.0):
    """A grid of points, each a little off its place, in no order."""
    points = [
        (
            (column - (columns - 1) / 2) * spacing + rng.normal(0, loose),
            (line - (lines - 1) / 2) * spacing + rng.normal(0, loose),
        )
        for column in range(columns)
        for line in range(lines)
    ]
    rng.shuffle(points)
    return points


def heaped(scene, opening, dome, bed):
    """Fills the opening with a heap of ``bed`` colour, so that nothing shows through between the pieces."""
    window = scene.window(0, 0, opening.radius)
    inside = opening.share(window.x, window.y) < 1
    height = np.where(inside, opening.dome(window.x, window.y, dome), -np.inf)
    scene.lay(window, height, bed)
