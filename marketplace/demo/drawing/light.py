"""The light: one warm lamp from the upper left, a pale sky, and what the goods throw at each other."""

import numpy as np
from scipy.ndimage import gaussian_filter

from .colour import to_shown

TOWARDS_LAMP = np.array([-0.55, -0.56, 0.62], np.float32)
LAMP = np.array([1.08, 1.045, 0.99], np.float32)
SKY = np.array([0.30, 0.315, 0.335], np.float32)
SHADOW_STEPS = np.geomspace(1.5, 160, 32)
SHADOW_SPREAD = (-0.16, 0.0, 0.16)
HOLLOW_STEPS = (2.5, 6, 13, 26, 46)
SHOULDER = 0.80


def lit(scene):
    """The finished picture: sRGB values 0-1, ``scene.side`` pixels square."""
    height = gaussian_filter(scene.height, 0.45 * scene.scale)
    normal = _normals(height, scene.scale)
    lamp_seen = 1 - _shadow(height, scene.scale)
    open_sky = _openness(height, scene.scale)
    facing = _facing(normal, scene.soft)
    direct = (facing * lamp_seen)[..., None] * LAMP + (open_sky * (0.75 + 0.25 * normal[2]))[..., None] * SKY
    colour = scene.colour * (direct + _bounce(scene, direct, open_sky))
    return _developed(colour + _gloss(scene, normal, lamp_seen))


def _normals(height, scale):
    down, right = (slope * scale for slope in np.gradient(height))
    steep = 1 / np.sqrt(right**2 + down**2 + 1)
    return -right * steep, -down * steep, steep


def _facing(normal, soft):
    """How squarely the surface meets the lamp; soft bodies let light creep round their edge."""
    square = sum(n * towards for n, towards in zip(normal, TOWARDS_LAMP, strict=True))
    return np.clip((square + 0.5 * soft) / (1 + 0.5 * soft), 0, None)


def _moved(field, right, down):
    """The field as seen from ``right``, ``down`` pixels away. Its rim wraps round; there is only cloth."""
    return np.roll(field, (-int(round(down)), -int(round(right))), (0, 1))


def _shadow(height, scale):
    """0 in the open, 1 in full shade; softer the further the thing that stands in the light."""
    flat = np.hypot(*TOWARDS_LAMP[:2])
    climb = TOWARDS_LAMP[2] / flat
    bearing = np.arctan2(TOWARDS_LAMP[1], TOWARDS_LAMP[0])
    shade = np.zeros_like(height)
    for spread in SHADOW_SPREAD:
        ray = np.zeros_like(height)
        for step in SHADOW_STEPS:
            reach = step * scale
            over = _moved(height, reach * np.cos(bearing + spread), reach * np.sin(bearing + spread)) - step * climb
            np.maximum(ray, np.clip((over - height) / (2.5 + 0.2 * step), 0, 1), out=ray)
        shade += ray / len(SHADOW_SPREAD)
    return gaussian_filter(shade, 1.5 * scale)


def _openness(height, scale):
    """The share of the sky a point sees: 1 on a plain, near 0 at the bottom of a crack."""
    seen = np.zeros_like(height)
    bearings = np.arange(8) * np.pi / 4 + 0.2
    for bearing in bearings:
        horizon = np.zeros_like(height)
        for step in HOLLOW_STEPS:
            reach = step * scale
            rise = _moved(height, reach * np.cos(bearing), reach * np.sin(bearing)) - height
            np.maximum(horizon, rise / step, out=horizon)
        seen += (1 - horizon / np.sqrt(1 + horizon**2)) / len(bearings)
    return gaussian_filter(seen, 0.6 * scale)


def _bounce(scene, direct, open_sky):
    """Light that neighbours send into the hollows, in their own colour."""
    thrown = np.stack([gaussian_filter(scene.colour[..., i] * direct[..., i], 12 * scene.scale) for i in range(3)], -1)
    return thrown * (0.75 * (1 - open_sky))[..., None]


def _gloss(scene, normal, lamp_seen):
    half = TOWARDS_LAMP + np.array([0, 0, 1], np.float32)
    half /= np.linalg.norm(half)
    mirror = np.clip(sum(n * h for n, h in zip(normal, half, strict=True)), 0, 1)
    shine = 0.55 * mirror**60 + 0.14 * mirror**9
    return (scene.gloss * shine * (0.25 + 0.75 * lamp_seen))[..., None] * LAMP


def _developed(light):
    """Bright parts roll off gently instead of burning out."""
    light = np.clip(light, 0, None)
    rolled = SHOULDER + (1 - SHOULDER) * (1 - np.exp(-(light - SHOULDER) / (1 - SHOULDER)))
    return np.clip(to_shown(np.where(light > SHOULDER, rolled, light)), 0, 1)
