"""Potatoes, yams, garlic, ginger and lotus root."""

import numpy as np

from .. import vessels
from ..arrange import packed
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble, tube

EARTH = colour("#6d553b")


def earthy(tint, dirt=0.5):
    """Skin fresh from the field, with earth left in the hollows."""

    def painted(surface):
        clean = tint * (1 + 0.05 * surface.grain)[..., None]
        return mix(clean, EARTH, dirt * np.clip(surface.grain - 0.7, 0, 1))

    return Skin(painted, gloss=0.06, soft=0.2, grain=46, rough=2.0)


def potato(scene, at, z, tint, long=76, wide=58):
    turn = scene.rng.random() * np.pi
    size = (long * scene.rng.normal(1, 0.1), wide * scene.rng.normal(1, 0.07), 60)
    bent = ((2, 0.05, scene.rng.random() * 6), (3, 0.03, scene.rng.random() * 6))
    pebble(scene, at, size, earthy(varied(scene.rng, tint, 0.05)), z=z, turn=turn, square=2.3, wobble=bent)
    for _ in range(6):
        angle, away = scene.rng.random() * 6.28, scene.rng.random() * 0.62
        eye = (at[0] + np.cos(angle) * away * wide, at[1] + np.sin(angle) * away * wide)
        scene.dent(eye, 4.2, 3.2, shade=0.3, turn=scene.rng.random() * 3, stretch=1.5)


def cut_potato(scene, at, turn, z, tint):
    """Half a potato, its cut face up: pale flesh, a ring near the skin."""
    flesh = colour("#e6d7a6")

    def painted(surface):
        ring = np.exp(-(((surface.edge - 0.72) / 0.05) ** 2))
        face = mix(flesh * (1 + 0.02 * surface.grain)[..., None], flesh * 0.86, 0.6 * ring)
        return mix(face, tint * 0.75, surface.edge > 0.95)

    pebble(
        scene,
        at,
        (100, 74, 34),
        Skin(painted, gloss=0.3, soft=0.5, grain=9, rough=0.25),
        z=z,
        turn=turn,
        square=2.2,
        flat=0.12,
    )


@draws("nehe-potato-5")
def nehe_potatoes(scene):
    opening = vessels.sack(scene, radius=372)
    for layer in range(2):
        for at in packed(scene.rng, opening, 136, margin=62 + 78 * layer):
            potato(scene, at, opening.dome(*at, 34) + 44 * layer, colour("#d9b778"))


@draws("yx-621102-15", closer=((60, 60), 520))
def dingxi_potatoes(scene):
    opening = vessels.crate(scene)
    tint = colour("#cfa36a")
    for layer in range(2):
        for at in packed(scene.rng, opening, 150, margin=66 + 74 * layer):
            potato(scene, at, opening.dome(*at, 14) + 44 * layer, tint, long=84, wide=64)
    cut_potato(scene, (70, 80), 0.5, 150, tint)
    cut_potato(scene, (-70, 170), -0.35, 136, tint)


@draws("yx-130635-16")
def hemp_yam(scene):
    vessels.crate(scene, radius=380)
    for i, x in enumerate((-310, -222, -130, -44, 44, 132, 222, 308)):
        long_yam(scene, x, i)
    for i, at in enumerate(((-120, 190), (-10, 232), (110, 190), (40, 130))):
        yam_slice(scene, at, 112 + 9 * i)


def long_yam(scene, x, i):
    """A long hairy root, a little crooked."""
    lengthwise = np.linspace(-335 + 18 * scene.rng.random(), 335 - 18 * scene.rng.random(), 9)
    crooked = x + 7 * np.sin(lengthwise / 110 + i * 1.9)
    thick = 40 + 4 * np.sin(lengthwise / 90 + i)
    thick[0] *= 0.72
    tint = varied(scene.rng, colour("#a98258"), 0.07)

    def painted(surface):
        rings = np.clip(np.sin(surface.u * 46 + surface.grain * 2.2) - 0.72, 0, 1)
        pores = np.clip(surface.grain - 1.25, 0, 1)
        return mix(tint * (1 + 0.06 * surface.grain)[..., None], tint * 0.5, 0.55 * rings + 0.6 * pores)

    path = np.stack([crooked, lengthwise, np.full(9, 44.0)], 1)
    tube(scene, path, thick, Skin(painted, gloss=0.05, grain=11, rough=0.8))
    for _ in range(60):
        root_hair(scene, x, lengthwise)


def root_hair(scene, x, lengthwise):
    y = scene.rng.uniform(lengthwise[0], lengthwise[-1])
    off, lean = scene.rng.normal(0, 22), scene.rng.normal(0, 7)
    away = np.sign(off) * 13
    height = 48 + np.sqrt(max(1600 - off**2, 0))
    tube(scene, [(x + off, y, height), (x + off + away, y + lean, height - 4)], 1.1, Skin(colour("#8a6a48")))


def yam_slice(scene, at, z):
    """A round of yam: white, slippery, thin brown skin."""
    white = colour("#ebe5d5")

    def painted(surface):
        fleck = np.clip(surface.grain - 1.2, 0, 1)
        return mix(mix(white, colour("#dcd4bf"), 0.5 * fleck), colour("#93704a"), surface.edge > 0.93)

    skin = Skin(painted, gloss=0.5, soft=0.8, grain=8, rough=0.2)
    pebble(scene, at, (58, 55, 20), skin, z=z, turn=scene.rng.random() * 3, flat=0.1)


@draws("yx-421182-17")
def palm_yam(scene):
    vessels.bamboo_tray(scene)
    hands = ((-235, -170, 1.42), (5, -215, 1.6), (240, -165, 1.72))
    for i, (x, y, turn) in enumerate(hands):
        palm(scene, (x, y), turn, z=40 + 4 * i)
    for i, at in enumerate(((-130, 262), (-20, 300), (85, 255), (170, 305))):
        yam_slice(scene, at, 24 + 8 * i)


def palm(scene, at, turn, *, z):
    """A flat yam that spreads into fingers like a hand."""
    tint = varied(scene.rng, colour("#cfaa7c"), 0.05)
    for i, spread in enumerate(np.linspace(-0.5, 0.5, 5)):
        bearing = turn + spread + scene.rng.normal(0, 0.06)
        long = 330 - 34 * abs(i - 2) + scene.rng.normal(0, 14)
        away = np.array([30, 130, 230, long])
        path = np.stack(
            [at[0] + away * np.cos(bearing), at[1] + away * np.sin(bearing), z + np.array([4, 2, 0, -2])], 1
        )
        tube(scene, path, np.array([56, 42, 39, 31]) * scene.rng.normal(1, 0.06), yam_skin(tint))
    pebble(scene, at, (128, 106, 72), yam_skin(tint), z=z - 14, turn=turn, wobble=((3, 0.07, turn), (5, 0.04, 1)))
    stem = (at[0] - 118 * np.cos(turn), at[1] - 118 * np.sin(turn))
    tube(scene, [(*at, z + 22), (*stem, z + 10)], [52, 28], yam_skin(tint * 0.9))


def yam_skin(tint):
    def painted(surface):
        pores = np.clip(surface.grain - 1.3, 0, 1)
        return mix(tint * (1 + 0.07 * surface.grain)[..., None], EARTH, 0.7 * pores)

    return Skin(painted, gloss=0.05, soft=0.2, grain=13, rough=1.0)


@draws("yx-370828-18", closer=((40, 60), 500))
def garlic(scene):
    opening = vessels.basket(scene)
    for at in packed(scene.rng, opening, 172, margin=88, loose=0.03):
        bulb(scene, at, opening.dome(*at, 34))
    for x, y, turn in ((55, 150, 0.5), (135, 95, -0.6), (150, 175, 1.6)):
        clove(scene, (x, y), turn, 124)


def bulb(scene, at, z):
    """A head of garlic from above: cloves bulging round a papery neck."""
    cloves = scene.rng.integers(8, 11)
    phase = scene.rng.random() * 6
    white, violet = varied(scene.rng, colour("#efe5d8"), 0.03), colour("#b48aa2")

    def painted(surface):
        stripes = np.clip(np.sin(surface.angle * 23 + surface.grain) - 0.35, 0, 1)
        return mix(white * (1 + 0.03 * surface.grain)[..., None], violet, 0.5 * stripes * np.sqrt(surface.edge))

    bulging = ((int(cloves), 0.045, phase),)
    skin = Skin(painted, gloss=0.14, soft=0.6, grain=30, rough=0.9)
    pebble(scene, at, (84, 82, 74), skin, z=z, turn=scene.rng.random() * 6, wobble=bulging)
    _neck(scene, at, z + 66, white)


def _neck(scene, at, z, white):
    lean = scene.rng.random() * 6.28
    scene.dent(at, 22, 14)
    tip = (at[0] + 24 * np.cos(lean), at[1] + 24 * np.sin(lean))
    tube(scene, [(*at, z - 14), (*tip, z + 12)], [16, 9], Skin(white * 0.86, gloss=0.1, grain=7, rough=1.2))
    pebble(scene, tip, (8, 8, 4), Skin(colour("#a58a63")), z=z + 20)


def clove(scene, at, turn, z):
    tint = colour("#efe2d8")

    def painted(surface):
        return mix(tint, colour("#a9748f"), np.clip(0.55 * (surface.u + 0.2), 0, 0.6))

    away = np.array([-34, 0, 30])
    path = np.stack([at[0] + away * np.cos(turn), at[1] + away * np.sin(turn), [z, z, z - 3]], 1)
    tube(scene, path, [17, 25, 9], Skin(painted, gloss=0.3, soft=0.6))


@draws("yx-370784-19")
def ginger(scene):
    vessels.crate(scene, radius=378)
    for x, y, turn in (
        (-160, -225, 0.25),
        (150, -205, -0.3),
        (-185, -25, -0.2),
        (165, 0, 0.35),
        (-130, 190, 0.1),
        (175, 215, -0.1),
    ):
        rhizome(scene, (x, y), turn, z=40)
    rhizome(scene, (0, 85), 0.55, z=82, cut=True)


def rhizome(scene, at, turn, *, z, cut=False):
    """A piece of ginger: a row of knuckles with thumbs on both sides."""
    tint = varied(scene.rng, colour("#d2aa68"), 0.05)
    forward = np.array([np.cos(turn), np.sin(turn)])
    aside = np.array([-forward[1], forward[0]])
    for i, away in enumerate(np.linspace(-105, 105, 4)):
        middle = np.array(at) + forward * away + aside * 14 * np.sin(i * 2.1)
        side = aside * (1 if i % 2 else -1)
        tip = middle + side * scene.rng.uniform(66, 100) + forward * scene.rng.normal(10, 18)
        tube(scene, [(*middle, z), (*tip, z + 6)], [42, 27], ringed(tint))
        pebble(scene, tip, (15, 14, 8), Skin(mix(tint, colour("#e8d6a8"), 0.6)), z=z + 27)
        pebble(scene, middle, (64, 50, 54), ringed(tint), z=z - 4, turn=turn)
    if cut:
        cut_end(scene, np.array(at) + forward * 128, turn, z)


def ringed(tint):
    """Ginger skin: thin, satin, with a ring at every growth."""

    def painted(surface):
        rings = np.clip(np.sin(surface.u * 15 + surface.grain * 0.9) - 0.8, 0, 1) * 4
        return mix(tint * (1 + 0.05 * surface.grain)[..., None], EARTH, 0.45 * np.clip(rings, 0, 1))

    return Skin(painted, gloss=0.14, soft=0.3, grain=24, rough=1.2)


def cut_end(scene, at, turn, z):
    flesh = colour("#f0d67c")

    def painted(surface):
        ring = np.exp(-(((surface.edge - 0.55) / 0.07) ** 2))
        fibre = 0.35 * np.clip(surface.grain - 0.9, 0, 1)
        return mix(flesh, colour("#cfa544"), 0.5 * ring + fibre + (surface.edge > 0.93))

    skin = Skin(painted, gloss=0.35, soft=0.6, grain=6, rough=0.3)
    pebble(scene, tuple(at), (30, 44, 44), skin, z=z + 6, turn=turn, flat=0.14)


@draws("yx-371102-20", closer=((60, 130), 520))
def lotus_root(scene):
    vessels.bamboo_tray(scene)
    for x, y, turn in ((-20, -235, 0.06), (-50, -95, -0.1)):
        lotus_links(scene, (x, y), turn)
    for i, at in enumerate(((-205, 95), (-75, 175), (75, 110), (210, 165), (15, 280), (225, 30), (-180, 235))):
        lotus_slice(scene, at, 34 + 6 * i)


def lotus_links(scene, at, turn):
    """Three links of lotus root, pinched at the joints."""
    forward = np.array([np.cos(turn), np.sin(turn)])
    tint = varied(scene.rng, colour("#e6d3b4"), 0.03)

    def painted(surface):
        streak = np.clip(surface.grain - 1.0, 0, 1)
        return mix(tint, colour("#9c7648"), 0.6 * streak)

    skin = Skin(painted, gloss=0.18, soft=0.5, grain=17, rough=0.5)
    for middle, long, thick in ((-215, 96, 54), (0, 122, 64), (212, 92, 52)):
        link = np.array(at) + forward * middle
        pebble(scene, tuple(link), (long, thick, thick * 1.7), skin, z=14, turn=turn, square=2.9)
    for away in (-118, 116):
        joint = np.array(at) + forward * away
        ends = [(*(joint - forward * 12), 40), (*(joint + forward * 12), 40)]
        tube(scene, ends, 29, Skin(colour("#8d6b45"), grain=9, rough=1.6))


def lotus_slice(scene, at, z):
    """A slice with its ring of holes."""
    tint = colour("#f1e6cf")
    turn, wide = scene.rng.random() * 6, 92 * scene.rng.normal(1, 0.05)

    def painted(surface):
        return mix(tint, colour("#b58c5b"), surface.edge > 0.93)

    skin = Skin(painted, gloss=0.35, soft=0.7, grain=20, rough=0.5)
    pebble(scene, at, (wide, wide * 0.95, 30), skin, z=z, turn=turn, flat=0.12)
    for i in range(9):
        angle = turn + i * 2 * np.pi / 9
        hole(scene, at, angle, 0.56 * wide, 16.5)
    hole(scene, at, 0, 0, 9)


def hole(scene, at, angle, away, radius):
    """A hole one can look into: deep, dark, long towards the middle."""
    middle = (at[0] + away * np.cos(angle), at[1] + away * np.sin(angle))
    window = scene.window(*middle, radius * 1.5)
    along, across = window.turned(angle)
    inside = (along / (radius * 1.2)) ** 2 + (across / radius) ** 2 < 1
    scene.height[window.area][inside] -= 26
    scene.colour[window.area][inside] *= colour("#c9a06c")
    scene.gloss[window.area][inside] = 0
