"""Files nobody should send, by what they try. Small to make: bombs are heads that promise what does not follow."""

import gzip
import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

MARK = b"<script>alert('hidden')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + MARK + b"</svg>"
HTML = b"<!doctype html><html>" + MARK + b"</html>"


def made(kind="JPEG", size=(320, 240), mode="RGB", colour=None, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, *(() if colour is None else (colour,))).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_head(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body + chunk(b"IEND", b"")


def gif_head(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\xf7\0\0" + b"\0" * 768 + b";"


def webp_head(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_claiming(width: int, height: int) -> bytes:
    """A real JPEG whose frame says it is much larger."""
    data = bytearray(made())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def heic_claiming(width: int, height: int) -> bytes:
    data = bytearray(made("HEIF"))
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


def placed() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = MARK.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 29.0, 0.0), 3: "E", 4: (124.0, 53.0, 0.0)})
    return exif


def written() -> PngImagePlugin.PngInfo:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", MARK.decode())
    return words


def animated(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.html", HTML)
    return out.getvalue()


def hostile() -> dict[str, tuple[str, bytes]]:
    """What it tries → name and bytes."""
    jpeg = made(size=(1600, 1200), colour="goldenrod")
    return {
        "an SVG": ("a.svg", SVG),
        "an SVG named JPEG": ("a.jpg", SVG),
        "a packed SVG": ("a.svgz", gzip.compress(SVG)),
        "a page named JPEG": ("a.jpg", HTML),
        "a page behind a JPEG's first bytes": ("a.jpg", b"\xff\xd8\xff\xe0" + HTML),
        "a page named PNG behind its signature": ("a.png", b"\x89PNG\r\n\x1a\n" + HTML),
        "a script that begins as a GIF": ("a.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//"),
        "a PHP page": ("a.jpg.php", b"<?php system($_GET['c']); ?>"),
        "a photo with a page behind it": ("a.jpg", jpeg + HTML),
        "a photo with an archive behind it": ("a.jpg", jpeg + zipped()),
        "a photo with a page in its comment": ("a.jpg", made(comment=MARK)),
        "a photo with a page in its profile": ("a.jpg", made(icc_profile=MARK * 3000)),
        "a PNG with a page in its words": ("a.png", made("PNG", pnginfo=written())),
        "a WebP with a page in its notes": ("a.webp", made("WEBP", xmp=MARK)),
        "a JPEG that says where it was taken": ("a.jpg", made(exif=placed())),
        "a HEIC that says where it was taken": ("a.heic", made("HEIF", exif=placed())),
        "a PNG of 60,000 by 60,000": ("a.png", png_head(60_000, 60_000)),
        "a PNG whose words swell": (
            "a.png",
            png_head(100, 100, chunk(b"zTXt", b"k\0\0" + zlib.compress(b"0" * 90_000_000))),
        ),
        "a PNG with a profile that swells": (
            "a.png",
            png_head(100, 100, chunk(b"iCCP", b"k\0\0" + zlib.compress(b"0" * 90_000_000))),
        ),
        "a see-through PNG of 25 million pixels": ("a.png", made("PNG", (5000, 5000), "RGBA")),
        "a PNG of 25 million pixels": ("a.png", made("PNG", (5000, 5000))),
        "a line drawing of 25 million pixels": ("a.png", made("PNG", (5000, 5000), "1")),
        "a GIF of 65,535 by 65,535": ("a.gif", gif_head(65_535, 65_535)),
        "a WebP of 16,000 by 16,000": ("a.webp", webp_head(16_000, 16_000)),
        "a WebP of 16 million pixels": ("a.webp", made("WEBP", (4000, 4000))),
        "a HEIC that claims 60,000 by 60,000": ("a.heic", heic_claiming(60_000, 60_000)),
        "a HEIC of 16 million pixels": ("a.heic", made("HEIF", (4000, 4000))),
        "a JPEG that claims 65,000 by 65,000": ("a.jpg", jpeg_claiming(65_000, 65_000)),
        "a JPEG that claims a little more than it has": ("a.jpg", jpeg_claiming(4000, 4000)),
        "a layered JPEG of 17 million pixels": ("a.jpg", made(size=(4200, 4100), progressive=True, subsampling=0)),
        "half a JPEG": ("a.jpg", jpeg[: len(jpeg) // 2]),
        "the head of a JPEG": ("a.jpg", jpeg[:300]),
        "half a PNG": ("a.png", made("PNG", (900, 900))[:400]),
        "half a WebP": ("a.webp", made("WEBP", (900, 900))[:90]),
        "half a HEIC": ("a.heic", made("HEIF")[:400]),
        "an animated GIF": ("a.gif", animated("GIF")),
        "an animated WebP": ("a.webp", animated("WEBP")),
        "a JPEG for printers": ("a.jpg", made(mode="CMYK")),
        "a PNG of 16 bits": ("a.png", made("PNG", mode="I;16")),
        "a PNG with a palette one sees through": ("a.png", made("PNG", mode="P", transparency=0)),
        "a thread of 30,000 by 1": ("a.png", made("PNG", (30_000, 1))),
        "a single pixel": ("a.png", made("PNG", (1, 1))),
        "a TIFF": ("a.jpg", made("TIFF")),
        "a BMP": ("a.jpg", made("BMP")),
        "an icon": ("a.jpg", made("ICO", (64, 64))),
        "a document": ("a.jpg", b"%PDF-1.7\n" + MARK),
        "an archive": ("a.jpg", zipped()),
        "a program": ("a.jpg", b"MZ\x90\0" + b"\0" * 400),
        "noise": ("a.jpg", bytes(range(256)) * 40),
        "nothing": ("a.jpg", b""),
        "one byte": ("a.jpg", b"\xff"),
        "30 million bytes": ("a.jpg", b"\xff\xd8" + b"0" * 30_000_000),
        "a photo named to climb": ("../../etc/a.jpg", jpeg),
        "a photo with a hidden ending": ("a.php\0.jpg", jpeg),
        "a photo with two endings": ("a.jpg;.html", jpeg),
        "a photo named as a PNG": ("a.png", jpeg),
        "a photo with a name of 300 signs": ("长" * 300 + ".jpg", jpeg),
    }
