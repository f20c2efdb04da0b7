"""Two things a browser remembers for the basket: how many goods are in it, and the province they would go to."""

from django.db.models import Sum

from marketplace.core import areas

THIRTY_DAYS = 30 * 24 * 60 * 60


def count_of(basket) -> int:
    """Pieces in the basket."""
    if basket.pk is None:
        return 0
    return basket.lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0


def remember_count(response, count: int):
    """Cached pages show this number without asking for the basket."""
    response.set_cookie("basket-count", count, max_age=THIRTY_DAYS, samesite="Lax")
    return response


def remembered_province(request) -> str:
    """Two digits, or nothing."""
    code = request.COOKIES.get("province", "")
    return code if is_province(code) else ""


def remember_province(response, code: str):
    """Note the province (two digits) for the next visit."""
    response.set_cookie("province", code, max_age=THIRTY_DAYS, samesite="Lax")
    return response


def is_province(code: str) -> bool:
    return any(area.code[:2] == code for area in areas.children())
