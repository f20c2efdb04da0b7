"""Colours as light: written as people write them (#rrggbb), calculated in linear light, shown as sRGB again."""

import numpy as np


def colour(code):
    """Linear red, green and blue of ``#rrggbb``."""
    shown = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    return to_linear(shown)


def to_linear(shown):
    return np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_shown(linear):
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-6) ** (1 / 2.4) - 0.055)


def mix(one, other, share):
    """``one`` where ``share`` is 0, ``other`` where it is 1; ``share`` may be a field."""
    share = np.clip(np.asarray(share, np.float32), 0, 1)[..., None]
    return one * (1 - share) + other * share


def varied(rng, base, light=0.06, hue=0.02):
    """The colour of one more piece of the same kind: no two are quite alike."""
    return np.clip(base * (1 + rng.normal(0, light)) * (1 + rng.normal(0, hue, 3)), 0.002, 1).astype(np.float32)


CLOTHS = {
    "米面粮油": colour("#e7dcc4"),
    "新鲜蔬菜": colour("#d5ddcb"),
    "菌菇干货": colour("#e3cdb9"),
    "五谷杂粮": colour("#e5dfce"),
    "新鲜水果": colour("#cfdcd2"),
    "坚果干果": colour("#e8d2c6"),
    "茶叶": colour("#d3dccb"),
    "调味酱菜": colour("#e4d8c8"),
    "肉禽蛋奶": colour("#dadde0"),
    "水产": colour("#ccd9dd"),
    "非遗手工": colour("#dcd9d2"),
}
