"""What a product's and a shop's page show of reviews, in a fixed number of queries."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count

from marketplace.core.statements import Statement

from .models import Review

ON_PRODUCT, PER_PAGE = 3, 10
READ: tuple[str, ...] = ("product_score", "text", "photos", "written_at", "follow_up", "followed_up_at", "reply")
READ += ("author__nickname", "author__first_name", "line__pack")
"""What others read of a review; an order's line and a buyer have far more."""


@dataclass(frozen=True)
class Standing:
    """An average of so many scores; None while there are none."""

    count: int
    average: Decimal | None

    @property
    def stars(self) -> int:
        """Whole stars of five."""
        return int(self.average.quantize(Decimal(1), ROUND_HALF_UP)) if self.average is not None else 0


def standing_of(product) -> Standing:
    """What the reviews of a product come to; one query, none where the product came with its score."""
    score = getattr(product, "score", None)
    if score is None or not score.count:
        return Standing(0, None)
    return Standing(score.count, one_decimal(Decimal(score.total) / score.count))


def standing_of_seller(seller) -> Standing:
    """What buyers think of a shop; one query."""
    found = Review.objects.shown().of_seller(seller).aggregate(count=Count("id"), average=Avg("seller_score"))
    return Standing(found["count"], one_decimal(Decimal(found["average"])) if found["count"] else None)


def one_decimal(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def latest(product) -> list[Review]:
    """The newest reviews a product's page has room for; one query."""
    return LATEST.rows(product.pk)


def shown(product):
    return Review.objects.shown().filter(product=product).select_related("author", "line").only(*READ)


LATEST = Statement(lambda product: shown(product)[:ON_PRODUCT], int)


def page_of(product, number) -> Page:
    """All reviews of a product, a page at a time."""
    return Paginator(shown(product), PER_PAGE).get_page(number)
