"""What the goods lie in or on. Each draws itself in the middle of the scene and returns the room inside it."""

import numpy as np

from .arrange import Opening
from .colour import colour, mix
from .shapes import Skin, slab

CELADON, PORCELAIN, INDIGO, IRON = colour("#a9c2b6"), colour("#eeece6"), colour("#39516b"), colour("#4a443f")
BAMBOO, PINE, WALNUT, JUTE, CLAY = (
    colour("#c9a463"),
    colour("#d3aa76"),
    colour("#8a5f3f"),
    colour("#b8965f"),
    colour("#8d5a41"),
)


def bowl(scene, glaze=PORCELAIN, *, radius=400, rim=24, inner=None, gloss=0.5, rim_colour=None):
    """A glazed bowl; ``inner`` is the glaze inside where it differs."""
    window = scene.everywhere()
    away = np.hypot(window.x, window.y)
    across = (away - radius) / rim
    wall = np.where((across >= 0) & (across < 1), 66 * (1 - ((across - 0.45) / 0.62) ** 2 * 0.5), -np.inf)
    scene.lay(window, wall, glaze if rim_colour is None else rim_colour, gloss=gloss)
    floor = np.where(across < 0, 12 + 36 * (away / radius) ** 5, -np.inf)
    scene.lay(window, floor, glaze * 0.9 if inner is None else inner, gloss=gloss * 0.6)
    return Opening(radius, floor=14)


def plate(scene, glaze=PORCELAIN, *, radius=430, line=None):
    """A shallow round plate, with a coloured line along its lip if asked."""
    window = scene.everywhere()
    away = np.hypot(window.x, window.y) / radius
    lip = 14 + 22 * np.clip((away - 0.72) / 0.28, 0, 1) ** 1.6 - 16 * np.clip((away - 0.96) / 0.04, 0, 1) ** 2
    paint = np.broadcast_to(glaze, (*away.shape, 3))
    if line is not None:
        paint = mix(paint, line, np.abs(away - 0.945) < 0.012)
    scene.lay(window, np.where(away < 1, lip, -np.inf), paint, gloss=0.45)
    return Opening(radius * 0.74, floor=15)


def bamboo_tray(scene, *, radius=425, rim=27):
    """A flat winnowing tray of split bamboo with a bound rim."""
    window = scene.everywhere()
    away, angle = np.hypot(window.x, window.y), np.arctan2(window.y, window.x)
    _woven_floor(scene, window, away < radius)
    across = (away - radius) / rim
    binding = np.sin(angle * 110 + across * 9) + 0.6 * np.sin(angle * 110 - across * 9)
    edge = np.where((across >= 0) & (across < 1), 52 * (1 - (across * 2 - 1) ** 2 * 0.55) + 1.6 * binding, -np.inf)
    scene.lay(window, edge, BAMBOO * (1 + 0.13 * binding)[..., None], gloss=0.12)
    return Opening(radius, floor=14)


def _woven_floor(scene, window, inside):
    strip = 26.0
    along, across = window.turned(0.785)
    over = (np.floor(along / strip) + np.floor(across / strip)) % 2
    lengthwise = np.where(over > 0, across, along)
    arch = np.abs(np.sin(lengthwise * np.pi / strip)) ** 0.6
    fibre = 1 + 0.05 * np.sin(lengthwise * 2.1) - 0.05 * over
    scene.lay(window, np.where(inside, 9 + 4 * arch, -np.inf), BAMBOO * (0.8 * fibre)[..., None], gloss=0.1)


def sack(scene, *, radius=375, rim=78):
    """A jute sack with its mouth rolled down."""
    window = scene.everywhere()
    angle = np.arctan2(window.y, window.x)
    slack = sum(np.sin(angle * waves + scene.rng.random() * 6) * deep for waves, deep in ((3, 9), (5, 6), (8, 4)))
    away = np.hypot(window.x, window.y) + slack
    across = (away - radius) / rim
    weave = np.sin((window.x + window.y) * 0.75) * np.sin((window.x - window.y) * 0.75)
    puckers = 2.2 * np.sin(angle * 34 + np.sin(angle * 9) * 3)
    roll = 64 * np.clip(np.sin(np.clip(across * 0.86 + 0.14, 0, 1) * np.pi), 0, 1) ** 0.6 + puckers + 1.5 * weave
    tint = JUTE * (1 + 0.16 * weave + 0.05 * scene.textures.field(40))[..., None]
    scene.lay(window, np.where(across < 0.02, 6.0, -np.inf), JUTE * 0.5)
    scene.lay(window, np.where((across > -0.12) & (across < 1), roll, -np.inf), tint)
    return Opening(radius - 4, floor=14)


def crate(scene, *, radius=375, wall=44, wood=PINE, boards=5):
    """A shallow square crate of planed boards."""
    for i in range(boards):
        wide = radius / boards
        at = (0, -radius + wide * (2 * i + 1))
        slab(scene, at, (radius + 4, wide - 1.5, 10), plank(wood * 0.72), bevel=2)
    for turn, sign in ((0, -1), (0, 1), (np.pi / 2, -1), (np.pi / 2, 1)):
        off = sign * (radius + wall / 2)
        at = (off, 0) if turn else (0, off)
        slab(
            scene,
            at,
            (radius + wall * (0 if turn else 1), wall / 2, 74),
            plank(wood),
            turn=turn,
            corner=3,
            bevel=4,
        )
    return Opening(radius, square=True, floor=12)


def board(scene, *, size=(440, 330), turn=0.0, wood=PINE):
    """A chopping board."""
    slab(scene, (0, 0), (*size, 22), plank(wood), turn=turn, corner=34, bevel=7)
    return Opening(min(size), square=True, floor=22)


def plank(wood):
    """Wood with its grain along the length of the piece."""

    def painted(surface):
        rings = np.sin(surface.v * 26 + 1.6 * np.sin(surface.u * 3 + surface.grain) + 1.8 * surface.grain)
        return wood * (1 + 0.075 * rings + 0.03 * surface.grain)[..., None]

    return Skin(painted, gloss=0.1, grain=90)


def tub(scene, *, radius=385, wall=46, staves=22, wood=PINE):
    """A coopered tub: staves round a mouth, with one iron hoop."""
    window = scene.everywhere()
    away, angle = np.hypot(window.x, window.y), np.arctan2(window.y, window.x)
    across = (away - radius) / wall
    joint = np.abs((angle / (2 * np.pi) * staves) % 1 - 0.5) * 2
    top = 72 - 5 * (joint > 0.95) - 6 * np.abs(across * 2 - 1) ** 6
    shade = 1 + 0.12 * np.sin(np.floor(angle / (2 * np.pi) * staves) * 4.7) - 0.35 * (joint > 0.95)
    scene.lay(window, np.where(across < 0, 10.0, -np.inf), wood * 0.55)
    scene.lay(window, np.where((across >= 0) & (across < 1), top, -np.inf), wood * shade[..., None], gloss=0.08)
    scene.lay(window, np.where((across >= 1) & (across < 1.16), 52.0, -np.inf), IRON, gloss=0.4)
    return Opening(radius, floor=14)


def jar(scene, *, radius=350, rim=64, clay=CLAY):
    """An earthenware jar looked into from above: broad shoulder, thick lip."""
    window = scene.everywhere()
    away = np.hypot(window.x, window.y)
    shoulder = (away - radius) / (470 - radius)
    throwing = np.sin(away * 0.36) * 0.8
    slope = 58 * np.sqrt(np.clip(1 - np.clip(shoulder, 0, 1) ** 2, 0, 1)) + throwing
    scene.lay(window, np.where((shoulder >= 0) & (shoulder < 1), slope, -np.inf), clay, gloss=0.3)
    lip = (away - radius) / rim
    raised = 92 * (1 - (lip * 2 - 1) ** 2 * 0.3)
    scene.lay(window, np.where((lip >= 0) & (lip < 1), raised, -np.inf), clay * 1.15, gloss=0.45)
    scene.lay(window, np.where(lip < 0, 12.0, -np.inf), clay * 0.4)
    return Opening(radius, floor=20)


def basket(scene, *, radius=400, wall=56, cane=BAMBOO):
    """A wicker basket: the wall is a plait of canes."""
    window = scene.everywhere()
    away, angle = np.hypot(window.x, window.y), np.arctan2(window.y, window.x)
    across = (away - radius) / wall
    _woven_floor(scene, window, away < radius + 2)
    strand = np.abs(np.sin(angle * 30 + across * 4.2)) + np.abs(np.sin(angle * 30 - across * 4.2))
    edge = 58 * (1 - (across * 2 - 1) ** 2 * 0.5) + 9 * strand
    tint = cane * (0.72 + 0.22 * strand)[..., None]
    scene.lay(window, np.where((across >= 0) & (across < 1), edge, -np.inf), tint, gloss=0.12)
    return Opening(radius, floor=14)
