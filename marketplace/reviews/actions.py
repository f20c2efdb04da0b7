"""What buyers, sellers and staff do with reviews. What people type is text; numbers of phones in it are masked."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from marketplace.catalogue.models import Product
from marketplace.core import audit, events, images
from marketplace.core.refusal import Refusal
from marketplace.core.text import mask_numbers
from marketplace.order.models import Line
from marketplace.order.states import OrderState

from .models import LONGEST, Review, Score

MOST_PHOTOS = 6


class ReviewRefused(Refusal):
    """This cannot be said, or not again; nothing was written. ``for_people`` says why."""


def write(
    *, line: Line, product_score: int, seller_score: int, text: str, photos: Iterable[ContentFile] = (), by, at
) -> Review:
    """The buyer says what she thinks of goods she has received. Once per line: a second time raises ReviewRefused."""
    refuse_unless_received(line, by)
    try:
        return written(line, product_score, seller_score, text, list(photos)[:MOST_PHOTOS], by, at)
    except IntegrityError as twice:
        raise ReviewRefused(_("You have reviewed these goods already.")) from twice


def refuse_unless_received(line: Line, by) -> None:
    if by is None or line.order.user_id != by.pk:
        raise ReviewRefused(_("Only the buyer can review goods."))
    if line.order.status != OrderState.COMPLETED or line.product is None:
        raise ReviewRefused(_("Goods can be reviewed once they are received."))


@transaction.atomic
def written(line: Line, product_score: int, seller_score: int, text: str, photos: list[ContentFile], by, at) -> Review:
    review = Review.objects.create(
        line=line,
        product=line.product.whole,
        seller=line.order.seller,
        author=by,
        product_score=product_score,
        seller_score=seller_score,
        text=clean(text),
        written_at=at,
    )
    review.photos = [images.store(photo, folder="reviews") for photo in photos]
    review.save(update_fields=["photos"])
    count_again(review.product)
    audit.record("review.written", of=review, by=by)
    events.announce("review_written", review=review.pk)
    return review


def clean(text: str) -> str:
    return mask_numbers(text).strip()[:LONGEST]


def count_again(product: Product) -> None:
    """Bring the product's score in step with its shown reviews. Whoever changes a review holds the product's row first."""
    Product.objects.select_for_update().get(pk=product.pk)
    sums = Review.objects.shown().filter(product=product).aggregate(count=Count("id"), total=Sum("product_score"))
    Score.objects.update_or_create(product=product, defaults={"count": sums["count"], "total": sums["total"] or 0})


def locked(review: Review) -> Review:
    return Review.objects.select_for_update().get(pk=review.pk)


@transaction.atomic
def reply(*, review: Review, text: str, by, at) -> Review:
    """The shop answers, once: raises ReviewRefused a second time."""
    review = locked(review)
    if review.reply:
        raise ReviewRefused(_("This review has an answer already."))
    review.reply, review.replied_at, review.replied_by = required(text), at, by
    review.save(update_fields=["reply", "replied_at", "replied_by"])
    audit.record("review.replied", of=review, by=by)
    events.announce("review_replied", review=review.pk)
    return review


@transaction.atomic
def follow_up(*, review: Review, text: str, by, at) -> Review:
    """The buyer adds something later, once: raises ReviewRefused a second time."""
    review = locked(review)
    if review.follow_up:
        raise ReviewRefused(_("You have added something already."))
    review.follow_up, review.followed_up_at = required(text), at
    review.save(update_fields=["follow_up", "followed_up_at"])
    audit.record("review.followed_up", of=review, by=by)
    return review


@transaction.atomic
def hide(*, review: Review, reason: str, by, at) -> Review:
    """Staff take a review out of sight, and say why. It counts no longer; its author still sees it with the reason."""
    review = locked(review)
    review.hidden_at, review.hidden_reason = at, required(reason)[:200]
    review.save(update_fields=["hidden_at", "hidden_reason"])
    count_again(review.product)
    audit.record("review.hidden", of=review, by=by)
    return review


@transaction.atomic
def show_again(*, review: Review, by, at) -> Review:
    """It was hidden wrongly."""
    review = locked(review)
    review.hidden_at, review.hidden_reason = None, ""
    review.save(update_fields=["hidden_at", "hidden_reason"])
    count_again(review.product)
    audit.record("review.shown_again", of=review, by=by, at=at)
    return review


def required(text: str) -> str:
    """Raises ReviewRefused for nothing."""
    said = clean(text)
    if not said:
        raise ReviewRefused(_("Please write something."))
    return said
