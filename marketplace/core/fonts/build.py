"""Makes NotoSansSC.ttf from Debian's fonts-noto-cjk: `python -m marketplace.core.fonts.build SOURCE.ttc`.

PDF and picture libraries embed TrueType outlines, the original has PostScript ones; and 21,000 characters (those of
GBK) are enough for names and places of the mainland, at a third of the size.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

TARGET = Path(__file__).with_name("NotoSansSC.ttf")
FAMILY = "Noto Sans CJK SC"
MOST_ERROR = 2.0  # font units of 1,000 an em: far below what paper or a phone shows
UNUSED_LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)
"""Of hinting programs, which this font has none of; the table must name them all the same."""
LATIN = range(0x20, 0x250)
SIGNS = (*range(0x2010, 0x2030), *range(0x2030, 0x2060), 0x20AC, 0x2103, *range(0x2190, 0x21A0), 0x2713, 0x2717)


def characters() -> set[int]:
    """Everything GBK can write, Latin letters, and the signs our documents use."""
    return {*LATIN, *SIGNS, *gbk()}


def gbk():
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                yield ord(bytes((lead, trail)).decode("gbk"))
            except UnicodeDecodeError:
                continue


def simplified(collection: TTCollection) -> TTFont:
    return next(font for font in collection.fonts if font["name"].getDebugName(1) == FAMILY)


def truetype(font: TTFont) -> None:
    """Turn PostScript outlines into TrueType ones, in place."""
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["post"].formatType = 3.0
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for name in UNUSED_LIMITS:
        setattr(maxp, name, 0)
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    font.sfntVersion = "\000\001\000\000"


def build(source: str) -> None:
    font = simplified(TTCollection(source))
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    options.drop_tables += ["vhea", "vmtx", "GSUB", "GPOS", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    truetype(font)
    font.save(TARGET)


if __name__ == "__main__":
    build(sys.argv[1])
