"""The country as a grid of squares, one for each division at province level: no outline, every square the same size."""

from dataclasses import dataclass

SIDE, GAP = 42, 4
PLACES = {
    "23": ("黑", "HL", 9, 0),
    "15": ("蒙", "NM", 6, 1),
    "22": ("吉", "JL", 9, 1),
    "65": ("新", "XJ", 1, 2),
    "62": ("甘", "GS", 3, 2),
    "64": ("宁", "NX", 4, 2),
    "14": ("晋", "SX", 5, 2),
    "13": ("冀", "HE", 6, 2),
    "11": ("京", "BJ", 7, 2),
    "12": ("津", "TJ", 8, 2),
    "21": ("辽", "LN", 9, 2),
    "54": ("藏", "XZ", 1, 3),
    "63": ("青", "QH", 2, 3),
    "61": ("陕", "SN", 4, 3),
    "41": ("豫", "HA", 5, 3),
    "37": ("鲁", "SD", 6, 3),
    "51": ("川", "SC", 3, 4),
    "50": ("渝", "CQ", 4, 4),
    "42": ("鄂", "HB", 5, 4),
    "34": ("皖", "AH", 6, 4),
    "32": ("苏", "JS", 7, 4),
    "31": ("沪", "SH", 8, 4),
    "53": ("云", "YN", 3, 5),
    "52": ("贵", "GZ", 4, 5),
    "43": ("湘", "HN", 5, 5),
    "36": ("赣", "JX", 6, 5),
    "33": ("浙", "ZJ", 7, 5),
    "45": ("桂", "GX", 4, 6),
    "44": ("粤", "GD", 5, 6),
    "35": ("闽", "FJ", 6, 6),
    "71": ("台", "TW", 8, 6),
    "46": ("琼", "HI", 4, 7),
    "82": ("澳", "MO", 5, 7),
    "81": ("港", "HK", 6, 7),
}
"""First two digits of the division's code → its short name, its two letters in GB/T 2260, column and row."""


@dataclass(frozen=True)
class Tile:
    """One square of a drawing; ``shade`` is c1 to c4, or empty."""

    name: str
    x: int
    y: int
    shade: str


def grid(shades: dict[str, str], *, english: bool) -> list[Tile]:
    """All squares; ``shades`` maps first two digits to a shade."""
    step = SIDE + GAP
    return [
        Tile(letters if english else sign, column * step, row * step, shades.get(code, ""))
        for code, (sign, letters, column, row) in PLACES.items()
    ]
