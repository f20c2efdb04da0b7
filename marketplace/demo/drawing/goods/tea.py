"""Four teas: rolled, curled, pressed and scented."""

import numpy as np

from .. import vessels
from ..arrange import heaped, packed, scattered
from ..colour import colour, mix, varied
from ..register import draws
from ..shapes import Skin, pebble, slab, tube


@draws("yx-350524-34", closer=((60, -60), 500))
def tieguanyin(scene):
    opening = vessels.bowl(scene)
    heaped(scene, opening, 44, colour("#2a3020"))
    for i, at in enumerate(scattered(scene.rng, opening, 780, margin=40)):
        rolled(scene, at, opening.dome(*at, 44) + 30 * i / 780)


def rolled(scene, at, z):
    """A leaf rolled to a tight bead, some with a bit of stalk."""
    green = varied(scene.rng, colour("#6d7746"), 0.15, 0.04)
    phase = scene.rng.random(2) * 6

    def painted(surface):
        return mix(
            green * (1 + 0.2 * surface.grain)[..., None],
            colour("#8f9560"),
            0.3 * np.clip(surface.grain - 1, 0, 1),
        )

    wide = 28 * scene.rng.normal(1, 0.17)
    knotted = ((2, 0.14, phase[0]), (4, 0.09, phase[1]))
    skin = Skin(painted, gloss=0.24, grain=15, rough=2.2)
    turn = scene.rng.random() * 6.28
    pebble(scene, at, (wide, wide * 0.76, wide * 0.7), skin, z=z, turn=turn, wobble=knotted)
    if scene.rng.random() < 0.2:
        end = (at[0] + 1.9 * wide * np.cos(turn), at[1] + 1.9 * wide * np.sin(turn))
        tube(scene, [(*at, z + 8), (*end, z + 6)], [3.4, 2.2], Skin(colour("#84773f")))


def curl(scene, at, z, tint, *, long, thick, tip=None, bend=0.5):
    """A twisted strip of leaf; ``tip`` is the colour of its downy end."""
    turn, bend = scene.rng.random() * 6.28, scene.rng.normal(0, bend)
    away = np.linspace(-long, long, 5)
    heading = turn + bend * away / long
    steps = np.stack([np.cos(heading), np.sin(heading)], 1) * (away[1] - away[0])
    path = np.column_stack([np.array(at) + np.cumsum(steps, 0) - steps.sum(0) / 2, np.full(5, z)])

    def painted(surface):
        base = tint * (1 + 0.18 * surface.grain)[..., None]
        return base if tip is None else mix(base, tip, np.clip(surface.u * 1.4 - 0.3, 0, 0.9))

    tube(
        scene,
        path,
        thick * np.array([0.5, 0.95, 1, 0.8, 0.35]),
        Skin(painted, gloss=0.14, grain=9, rough=0.9),
    )


@draws("yx-520327-35")
def green_tea(scene):
    opening = vessels.plate(scene, vessels.CELADON)
    down = colour("#c9cfa2")
    heap_of = vessels.Opening(330, floor=12)
    heaped(scene, heap_of, 40, colour("#33421f"))
    for i, at in enumerate(scattered(scene.rng, heap_of, 1000)):
        tint = varied(scene.rng, colour("#647a35"), 0.14, 0.04)
        downy = down if scene.rng.random() < 0.4 else None
        curl(
            scene,
            at,
            heap_of.dome(*at, 44) + 20 * i / 1000,
            tint,
            long=34 * scene.rng.normal(1, 0.15),
            thick=6.5,
            tip=downy,
        )
    for at in scattered(scene.rng, opening, 16, margin=-60):
        curl(
            scene,
            at,
            scene.ground(at, 10) + 5,
            varied(scene.rng, colour("#647a35"), 0.12),
            long=32,
            thick=6.5,
        )


@draws("yx-430923-36")
def dark_tea(scene):
    vessels.board(scene, wood=vessels.PINE)
    brick(scene, (-30, -30), 0.16)
    for at in scattered(scene.rng, vessels.Opening(120), 120):
        flake(scene, (at[0] * 0.9 + 250, at[1] * 0.7 + 185), 0.16)


def brick(scene, at, turn):
    """A pressed brick: leaf and stalk in layers, golden flowers in the cracks, one corner broken off."""
    base = colour("#4a3526")

    def pressed(surface):
        streak = np.sin(surface.v * 60 + surface.grain * 2.5) * 0.06
        return base * (1 + 0.2 * surface.grain + streak)[..., None]

    slab(
        scene,
        at,
        (310, 205, 78),
        Skin(pressed, gloss=0.08, grain=13, rough=2.6),
        z=22,
        turn=turn,
        corner=10,
        bevel=9,
    )
    broken_corner(scene, at, turn)
    for _ in range(560):
        x, y = scene.rng.uniform(-290, 290), scene.rng.uniform(-188, 188)
        spot = place(at, turn, x, y)
        if scene.ground(spot, 4) > 84:
            shred(scene, spot, turn)


def place(at, turn, x, y):
    """The point (x, y) of something that lies at ``at`` and is turned."""
    cos, sin = np.cos(turn), np.sin(turn)
    return at[0] + x * cos - y * sin, at[1] + x * sin + y * cos


def broken_corner(scene, at, turn):
    corner = place(at, turn, 310, 205)
    window = scene.window(*corner, 170)
    ragged = scene.textures.field(40)[window.area]
    gone = (np.hypot(window.x, window.y) < 118 + 16 * ragged) & (scene.height[window.area] > 30)
    depth = np.clip((118 + 16 * ragged - np.hypot(window.x, window.y)) * 1.5, 0, 70)
    scene.height[window.area][gone] = (100 - depth + 5 * ragged)[gone]
    scene.colour[window.area][gone] = (colour("#57402b") * (1 + 0.25 * ragged)[..., None])[gone]


def shred(scene, at, turn):
    """A scrap of leaf or stalk on the face of the brick, or a fleck of golden flower."""
    kind = scene.rng.random()
    if kind < 0.3:
        pebble(scene, at, (4.2, 3.6, 3), Skin(colour("#d2a437"), gloss=0.05), z=99)
        return
    tint = varied(scene.rng, colour("#6e5034" if kind < 0.75 else "#8a6a42"), 0.15)
    bearing, long = turn + scene.rng.normal(0, 0.6), scene.rng.uniform(9, 24)
    end = (at[0] + long * np.cos(bearing), at[1] + long * np.sin(bearing))
    tube(scene, [(*at, 98), (*end, 98)], [3.6, 2.2], Skin(tint, gloss=0.08))


def flake(scene, at, turn):
    """What crumbled off."""
    size = scene.rng.uniform(5, 22)
    skin = Skin(varied(scene.rng, colour("#51392a"), 0.18), gloss=0.08, grain=9, rough=2)
    z = max(22.0, scene.ground(at, 8))
    ragged = ((3, 0.16, size), (5, 0.1, turn))
    pebble(scene, at, (size, size * 0.7, size * 0.7), skin, z=z, turn=scene.rng.random() * 6, wobble=ragged)


@draws("yx-450181-37", closer=((-40, 60), 500))
def jasmine_tea(scene):
    opening = vessels.bowl(scene, colour("#c9d3d6"), radius=400)
    heaped(scene, opening, 40, colour("#2d2a1c"))
    for i, at in enumerate(scattered(scene.rng, opening, 1350, margin=34)):
        tint = varied(scene.rng, colour("#57502f"), 0.18, 0.04)
        curl(
            scene,
            at,
            opening.dome(*at, 44) + 20 * i / 1350,
            tint,
            long=30 * scene.rng.normal(1, 0.15),
            thick=6,
            bend=0.7,
        )
    for i, at in enumerate(packed(scene.rng, opening, 168, margin=78, loose=0.1)):
        (blossom if i % 3 else bud)(scene, at, scene.ground(at, 30) + 6)


def blossom(scene, at, z):
    """An open jasmine flower: two rounds of white petals."""
    turn = scene.rng.random() * 6
    for count, away, size, lift in ((7, 34, 27, 0), (5, 17, 18, 9)):
        for i in range(count):
            angle = turn + lift + i * 2 * np.pi / count
            middle = (at[0] + away * np.cos(angle), at[1] + away * np.sin(angle))
            petal(scene, middle, size, angle, z + lift)
    pebble(scene, at, (6, 6, 7), Skin(colour("#d9cf86")), z=z + 16)


def petal(scene, at, size, turn, z):
    white = varied(scene.rng, colour("#f3f0e6"), 0.02, 0.005)

    def painted(surface):
        return mix(white, colour("#d6d9b4"), 0.5 * np.clip(-surface.u - 0.2, 0, 1))

    pebble(scene, at, (size, size * 0.52, 10), Skin(painted, gloss=0.1, soft=0.9), z=z, turn=turn, square=1.8)


def bud(scene, at, z):
    """A closed bud on its green tube."""
    turn = scene.rng.random() * 6.28
    end = (at[0] - 46 * np.cos(turn), at[1] - 46 * np.sin(turn))
    tube(scene, [(*end, z + 4), (*at, z + 8)], [5, 7], Skin(colour("#a9b56d"), soft=0.4))
    pebble(scene, at, (30, 16, 20), Skin(colour("#f1eee2"), gloss=0.12, soft=0.9), z=z, turn=turn, square=1.9)
