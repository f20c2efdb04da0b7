"""From a drawn scene to small WebP files within their weight."""

from io import BytesIO

import numpy as np
from PIL import Image

from .light import lit

LARGE, SMALL = 800, 400
LARGE_BYTES, SMALL_BYTES = 70 * 1024, 16 * 1024
QUALITIES = (44, 72)
LEAST_QUALITY = 8


def photograph(scene):
    """The whole scene as an image, at the size it was drawn."""
    return Image.fromarray((lit(scene) * 255 + 0.5).astype(np.uint8))


def close_up(image, middle, width):
    """The part of a photograph ``width`` units wide around ``middle``."""
    unit = image.width / 1000
    left, top = ((along + 500 - width / 2) * unit for along in middle)
    return image.crop(tuple(int(edge) for edge in (left, top, left + width * unit, top + width * unit)))


def save_both(image, folder, name):
    """Writes ``name.webp`` and ``name-400.webp``."""
    for side, most, ending in ((LARGE, LARGE_BYTES, ""), (SMALL, SMALL_BYTES, "-400")):
        small = image.resize((side, side), Image.Resampling.LANCZOS)
        (folder / f"{name}{ending}.webp").write_bytes(webp_within(small, most))


def webp_within(image, most):
    """The best WebP of at most ``most`` bytes; quality goes below the usual range only where nothing else fits."""
    low, high = QUALITIES
    best = _webp(image, low)
    while len(best) > most and low > LEAST_QUALITY:
        low, high = low - 6, low
        best = _webp(image, low)
    while high - low > 1:
        middle = (low + high) // 2
        tried = _webp(image, middle)
        low, high, best = (middle, high, tried) if len(tried) <= most else (low, middle, best)
    return best


def _webp(image, quality):
    written = BytesIO()
    image.save(written, "WEBP", quality=quality, method=6)
    return written.getvalue()
