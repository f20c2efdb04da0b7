"""QR codes: as a drawing for pages, as a picture for posters and paper."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, *, label: str = "") -> SafeString:
    """An inline drawing that takes its size from the page's style; ``label`` is what a screen reader says."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=label or None))


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """A PNG, ``scale`` pixels to a module, with the quiet border scanners need."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
