"""A poster as one picture to send and to long-press: drawn with our font, kept by what stands on it."""

from functools import lru_cache
from io import BytesIO

from django.core.cache import cache
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from marketplace.core.documents import FONT_FILE
from marketplace.core.qr import qr_png

from .facts import Facts

WIDTH, HEIGHT, EDGE = 750, 1180, 40
QR_SIDE = 220
KEPT_SECONDS = 7 * 24 * 60 * 60
INK, QUIET, PRICE, PAPER, GROUND = "#1f2624", "#5f6a64", "#a8461f", "#ffffff", "#e9ece7"
FORMATS = {"webp": ("WEBP", {"quality": 82, "method": 4}), "png": ("PNG", {})}
TYPES = {"webp": "image/webp", "png": "image/png"}


def picture(facts: Facts, extension: str) -> bytes:
    """The finished file, drawn once for everybody who asks for the same words and picture."""
    key = f"poster:{facts.digest}:{extension}"
    kept = cache.get(key)
    if kept is None:
        name, options = FORMATS[extension]
        out = BytesIO()
        drawn = draw(facts)
        if extension == "png":
            drawn = drawn.quantize(256, dither=Image.Dither.FLOYDSTEINBERG)
        drawn.save(out, name, **options)
        kept = out.getvalue()
        cache.set(key, kept, KEPT_SECONDS)
    return kept


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILE), size)


def draw(facts: Facts) -> Image.Image:
    """Picture above; title, price and pack below it; shop and code at the foot."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    sheet.paste(photograph(facts.picture), (0, 0))
    pen = ImageDraw.Draw(sheet)
    if facts.note:
        pen.text(
            (WIDTH - 16, WIDTH - 12),
            facts.note,
            font=font(20),
            fill=PAPER,
            anchor="rs",
            stroke_width=2,
            stroke_fill=QUIET,
        )
    y = WIDTH + 28
    for line in lines(facts.title, 40, WIDTH - 2 * EDGE, most=2):
        pen.text((EDGE, y), line, font=font(40), fill=INK, stroke_width=1, stroke_fill=INK)
        y += 54
    sums(pen, facts, y + 6)
    foot(sheet, pen, facts)
    return sheet


def sums(pen: ImageDraw.ImageDraw, facts: Facts, y: int) -> None:
    """Price and unit price on one line, or the first words of a shop on two."""
    x = EDGE
    if facts.price:
        pen.text((x, y + 62), facts.price, font=font(56), fill=PRICE, anchor="ls", stroke_width=1, stroke_fill=PRICE)
        x += int(font(56).getlength(facts.price)) + 24
        words = " · ".join(filter(None, [facts.unit, facts.about]))
        for line in lines(words, 28, WIDTH - EDGE - x, most=1):
            pen.text((x, y + 60), line, font=font(28), fill=QUIET, anchor="ls")
        return
    for line in lines(facts.unit, 28, WIDTH - 2 * EDGE, most=2):
        pen.text((x, y), line, font=font(28), fill=QUIET)
        y += 40


def foot(sheet: Image.Image, pen: ImageDraw.ImageDraw, facts: Facts) -> None:
    """Who sells, what to do, and the code."""
    top = HEIGHT - QR_SIDE - 24
    pen.line([(EDGE, top - 14), (WIDTH - EDGE, top - 14)], fill=GROUND, width=2)
    code = Image.open(BytesIO(qr_png(facts.link))).convert("RGB").resize((QR_SIDE, QR_SIDE), Image.Resampling.NEAREST)
    sheet.paste(code, (WIDTH - EDGE - QR_SIDE + 16, top))
    width, y = WIDTH - 2 * EDGE - QR_SIDE, top + 22
    for text, size, colour in ((facts.shop, 32, INK), (facts.hint, 26, QUIET), (facts.brand, 26, QUIET)):
        for line in lines(text, size, width, most=2):
            pen.text((EDGE, y), line, font=font(size), fill=colour)
            y += size + 14


def photograph(name: str) -> Image.Image:
    """The square at the top; a plain one where there is no picture."""
    if not name or not default_storage.exists(name):
        return Image.new("RGB", (WIDTH, WIDTH), GROUND)
    with default_storage.open(name) as file:
        return ImageOps.fit(Image.open(file).convert("RGB"), (WIDTH, WIDTH))


def lines(text: str, size: int, width: int, *, most: int) -> list[str]:
    """The text in at most so many lines, broken between Chinese signs or words; what is cut off ends in an ellipsis."""
    found, line = [], ""
    for piece in pieces(text):
        if line and font(size).getlength(line + piece) > width:
            found.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    found.append(line.rstrip())
    found = [each for each in found if each]
    if len(found) > most:
        last = found[most - 1]
        while last and font(size).getlength(last + "…") > width:
            last = last[:-1]
        found = [*found[: most - 1], last + "…"]
    return found


def pieces(text: str) -> list[str]:
    """Where a line may break: after every Chinese sign, and after every blank."""
    found, word = [], ""
    for sign in text:
        word += sign
        if sign.isspace() or ord(sign) > 0x2E7F:
            found.append(word)
            word = ""
    return [*found, word] if word else found
