"""Paste, meat, crabs and a puzzle: what is neither grain nor plant from the field."""

import numpy as np

from .. import vessels
from ..arrange import heaped, scattered
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble, slab, tube
from .tea import place


@draws("yx-510117-38", closer=((0, 20), 520))
def bean_paste(scene):
    opening = vessels.jar(scene)
    heaped(scene, opening, 46, colour("#6d2316"))
    pebble(scene, (0, 0), (opening.radius - 4, opening.radius - 4, 40), paste(), z=24, flat=0.4)
    for at in scattered(scene.rng, opening, 95, margin=30):
        bean(scene, at)
    for at in scattered(scene.rng, opening, 230, margin=20):
        chilli_flake(scene, at)
    for at in scattered(scene.rng, opening, 130, margin=20):
        pebble(scene, at, (4.4, 4, 3), Skin(colour("#dfb35f"), gloss=0.3), z=scene.ground(at, 4))


def paste():
    red, oil = colour("#85301c"), colour("#a43f19")

    def painted(surface):
        return mix(red * (1 + 0.12 * surface.grain)[..., None], oil, 0.7 * np.clip(surface.grain + 0.2, 0, 1))

    return Skin(painted, gloss=0.75, soft=0.3, grain=22, rough=4.5)


def bean(scene, at):
    """Half a broad bean, brown from a long summer in the vat."""
    brown = varied(scene.rng, colour("#8c5330"), 0.14)
    turn = scene.rng.random() * 6.28
    bent = ((1, 0.08, 1.0), (2, 0.06, 0.4))
    skin = Skin(brown, gloss=0.7, soft=0.4, grain=16, rough=1)
    pebble(scene, at, (25, 16, 15), skin, z=scene.ground(at, 12) - 5, turn=turn, wobble=bent, square=2.3)


def chilli_flake(scene, at):
    red = varied(scene.rng, colour("#a92416"), 0.16)
    turn, long = scene.rng.random() * 6.28, scene.rng.uniform(9, 26)
    ragged = ((2, 0.12, long), (3, 0.1, turn))
    skin = Skin(red, gloss=0.8, soft=0.5, grain=9, rough=1.2)
    pebble(scene, at, (long, long * 0.5, 8), skin, z=scene.ground(at, 8) - 1, turn=turn, wobble=ragged)


@draws("yx-640323-39")
def lamb(scene):
    vessels.plate(scene, colour("#e4e6e4"), radius=465, line=vessels.INDIGO)
    for i in range(6):
        angle = i * np.pi / 3 + 0.3
        chop(scene, (268 * np.cos(angle), 268 * np.sin(angle)), angle + np.pi, z=20 + 5 * (i % 2))


def chop(scene, at, turn, *, z):
    """A rib chop: round eye of meat, white fat round it, the rib drawn out to one side."""
    meat, fat = varied(scene.rng, colour("#b4514b"), 0.05), colour("#f1e4d3")
    rib = [(*place(at, turn, along, across), z + 8) for along, across in ((60, -30), (118, -30), (160, -20), (196, -2))]
    tube(scene, rib, [24, 15, 13, 16], Skin(colour("#e9dcc6"), gloss=0.25, grain=14, rough=0.6))
    tube(scene, rib[:3], [30, 24, 12], Skin(meat * 0.85, gloss=0.3, grain=14, rough=1.2))
    shape = ((2, 0.07, 0.7), (3, 0.05, 2.0))

    def marbled(surface):
        veins = np.exp(-((surface.grain / 0.1) ** 2)) * (surface.edge < 0.7)
        fibre = meat * (1 + 0.07 * surface.grain)[..., None]
        capped = surface.edge > 0.66 + 0.16 * np.clip(surface.u, -1, 1) + 0.12 * surface.v
        return mix(mix(fibre, fat, 0.65 * veins), fat, capped)

    skin = Skin(marbled, gloss=0.4, soft=0.35, grain=30, rough=1.1)
    pebble(scene, at, (136, 114, 44), skin, z=z, turn=turn, flat=0.22, wobble=shape)


@draws("yx-321281-40", closer=((-150, -110), 520))
def hairy_crabs(scene):
    vessels.bamboo_tray(scene, radius=440)
    for count, away in ((7, 300), (1, 0)):
        for i in range(count):
            angle = i * 2 * np.pi / count - 0.4
            crab(scene, (away * np.cos(angle), away * np.sin(angle)), angle + 1.4)


def crab(scene, at, turn):
    """A live crab, its legs folded and tied crosswise with straw."""
    shell = varied(scene.rng, colour("#6c7253"), 0.07)
    for side in (-1, 1):
        for i, along in enumerate((52, 20, -14, -46)):
            leg(scene, at, turn, side, along, i)
        claw(scene, at, turn, side)
    _shell(scene, at, turn, shell)
    straw(scene, at, turn)


def leg(scene, at, turn, side, along, i):
    """Hip to knee to foot, drawn in under the shell."""
    knee = place(at, turn, along + 8 - 8 * i, side * (138 - 8 * i))
    foot = place(at, turn, along - 34 - 6 * i, side * (112 - 8 * i))
    hip = place(at, turn, along * 0.8, side * 55)
    skin = Skin(varied(scene.rng, colour("#6f6a48"), 0.07), gloss=0.3, grain=12, rough=0.7)
    tube(scene, [(*hip, 38), (*knee, 44)], [16, 12], skin)
    tube(scene, [(*knee, 42), (*foot, 28)], [11, 4], skin.of(colour("#a9905a")))


def claw(scene, at, turn, side):
    """A claw in its brown fur mitten."""
    elbow = place(at, turn, 92, side * 78)
    wrist = place(at, turn, 112, side * 30)
    tube(
        scene,
        [(*place(at, turn, 55, side * 62), 40), (*elbow, 44), (*wrist, 50)],
        [15, 19, 20],
        Skin(colour("#6b6446"), gloss=0.25),
    )
    tip = place(at, turn, 122, side * 4)
    tube(scene, [(*wrist, 54), (*tip, 52)], [16, 5], Skin(colour("#b79a68"), gloss=0.4))
    fur = Skin(colour("#4a3a26"), grain=5, rough=3.5)
    pebble(scene, place(at, turn, 108, side * 44), (25, 21, 24), fur, z=46, turn=turn)


def _shell(scene, at, turn, tint):
    pale = colour("#8c8c6a")

    def painted(surface):
        groove = np.exp(-((np.abs(surface.u + 0.1) - 0.12 - 0.5 * surface.v**2) ** 2) / 0.004) * (
            np.abs(surface.v) < 0.5
        )
        mottled = mix(tint * (1 + 0.12 * surface.grain)[..., None], pale, 0.4 * np.clip(surface.edge - 0.6, 0, 1))
        return mix(mottled, tint * 0.5, 0.5 * groove)

    skin = Skin(painted, gloss=0.45, grain=24, rough=1.6)
    pebble(scene, at, (84, 92, 52), skin, z=34, turn=turn, square=2.5, wobble=((9, 0.012, 1.0), (2, 0.02, 0.5)))
    for side in (-1, 1):
        for along, across in ((20, 30), (-22, 24)):
            scene.dent(place(at, turn, along, side * across), 11, 4, shade=0.15, turn=turn, stretch=1.5)
        pebble(
            scene,
            place(at, turn, 86, side * 22),
            (8, 6, 8),
            Skin(colour("#17130f"), gloss=0.9),
            z=62,
            turn=turn,
        )


def straw(scene, at, turn):
    """Two turns of straw rope and the knot where they cross."""
    rope = colour("#c9b06c")

    def twisted(surface):
        return rope * (1 + 0.22 * np.sin(surface.u * 60 + surface.v * 2.2))[..., None]

    skin = Skin(twisted, gloss=0.1)
    for spread in (0, np.pi / 2):
        across = np.linspace(-128, 128, 9)
        height = 26 + 70 * np.clip(1 - np.abs(across / 128) ** 3, 0, 1)
        points = [place(at, turn + spread, along, 4 * np.sin(along / 30)) for along in across]
        path = np.column_stack([points, height])
        tube(scene, path, 8.5, skin)
    pebble(scene, at, (19, 15, 16), Skin(rope * 0.9, grain=6, rough=2), z=90, turn=turn)


@draws("yx-370481-41")
def luban_lock(scene):
    assembled(scene, (-75, -80), 0.5)
    for x, y, turn, notches in (
        (215, 205, -0.42, (-40, 70)),
        (-190, 290, 0.12, (10,)),
        (330, -140, 1.25, (-60, 45)),
    ):
        loose_bar(scene, (x, y), turn, notches)


BARS = (colour("#b98552"), colour("#8f5d37"), colour("#d0a56f"))
HALF = 46.0


def assembled(scene, at, turn):
    """The closed lock: three pairs of bars through one another, one pair standing on end."""
    lying = ((0, -1, turn, 0), (0, 1, turn, 0), (1, 0, turn + np.pi / 2, 1))
    for wood, side, bearing, lift in lying:
        middle = place(at, bearing, 0, side * HALF)
        bar(scene, middle, bearing, BARS[wood], z=34 + HALF * lift)
    for side in (-1, 1):
        end = place(at, turn, side * HALF, 0)
        slab(scene, end, (HALF - 1, HALF - 1, 150), end_grain(BARS[2]), z=60, turn=turn, corner=3, bevel=5)


def bar(scene, at, turn, wood, *, z, long=285.0):
    slab(scene, at, (long, HALF - 1, 2 * HALF), vessels.plank(wood), z=z, turn=turn, corner=3, bevel=5)


def end_grain(wood):
    """Year rings of a bar seen end on."""

    def painted(surface):
        rings = np.sin(np.hypot(surface.u * 1.1 - 1.6, surface.v + 1.9) * 21 + 0.6 * surface.grain)
        return wood * (0.92 + 0.11 * rings)[..., None]

    return Skin(painted, gloss=0.12, grain=60)


def loose_bar(scene, at, turn, notches):
    """A bar of another lock, with the notches that make the puzzle."""
    bar(scene, at, turn, BARS[0], z=0, long=190)
    for along in notches:
        middle = place(at, turn, along, HALF * 0.5)
        window = scene.window(*middle, 70)
        cut_along, cut_across = window.turned(turn)
        gone = (
            (np.abs(cut_along) < HALF / 2 + 4) & (np.abs(cut_across) < HALF * 0.52) & (scene.height[window.area] > 50)
        )
        scene.height[window.area][gone] = HALF
        scene.colour[window.area][gone] *= 0.82
