"""What every page of ours may say about itself."""

from django.conf import settings

MOST_DIGITS = 4


def page(request):
    """Text size chosen by the reader, whether this is a demonstration, and the shell's numbers if known without a query."""
    return {
        "large_text": request.COOKIES.get("text-size") == "large",
        "is_demo": settings.DEMO,
        "basket_count": basket_count(request),
        "unread_count": unread_count(request),
    }


def basket_count(request) -> str:
    """What the basket's pages noted in a cookie; empty for nothing, zero or nonsense."""
    noted = request.COOKIES.get("basket-count", "")
    return noted.lstrip("0") if noted.isascii() and noted.isdigit() and len(noted) <= MOST_DIGITS else ""


def unread_count(request) -> int:
    """Notices not read yet: the number that came with the person where the request has looked at her, else 0."""
    person = getattr(request, "_cached_user", None)
    return getattr(person, "unread_notices", 0)
