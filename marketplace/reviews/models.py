"""A review 评价: what a buyer says about one line of an order she has received. One per line, one answer, one follow-up."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core.images import picture_url
from marketplace.order.models import Line
from marketplace.order.states import OrderState

LONGEST = 500
WORST, BEST = 1, 5


class ReviewQuerySet(models.QuerySet):
    def shown(self):
        """Not hidden by staff."""
        return self.filter(hidden_at__isnull=True)

    def of_seller(self, seller):
        return self.filter(seller=seller)

    def visible_to(self, user):
        """The reviews this buyer wrote."""
        return self.filter(author=user) if user.is_authenticated else self.none()


def lines_to_review(user):
    """The lines of received orders this buyer has said nothing about."""
    received = Line.objects.filter(order__user=user, order__status=OrderState.COMPLETED, review__isnull=True)
    return received.filter(product__isnull=False)


class Review(models.Model):
    """Scores of the goods and of the shop apart, words, photos; public without the buyer's name."""

    line = models.OneToOneField("order.Line", on_delete=models.PROTECT, related_name="review")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="buyer_reviews")
    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="buyer_reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="buyer_reviews")
    product_score = models.PositiveSmallIntegerField(_("The goods"))
    seller_score = models.PositiveSmallIntegerField(_("The shop and its delivery"))
    text = models.CharField(_("What others should know"), max_length=LONGEST, blank=True)
    photos = models.JSONField(default=list, blank=True, help_text="Names of stored pictures.")
    written_at = models.DateTimeField()
    reply = models.CharField(_("Answer"), max_length=LONGEST, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    follow_up = models.CharField(_("Follow-up"), max_length=LONGEST, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("Review")
        verbose_name_plural = _("Reviews")
        ordering = ["-written_at", "-id"]
        constraints = [
            CheckConstraint(
                condition=Q(product_score__range=(WORST, BEST)) & Q(seller_score__range=(WORST, BEST)),
                name="review_scores_one_to_five",
            ),
            CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="review_reply_has_date",
            ),
            CheckConstraint(
                condition=Q(follow_up="", followed_up_at__isnull=True)
                | (~Q(follow_up="") & Q(followed_up_at__isnull=False)),
                name="review_follow_up_has_date",
            ),
            CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                name="review_hidden_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["product", "-written_at"], name="review_by_product"),
            models.Index(fields=["seller", "-written_at"], name="review_by_seller"),
        ]

    def __str__(self):
        return f"{self.line_id}: {self.product_score}"

    @property
    def signature(self) -> str:
        """The buyer as others read her: the first sign of her name."""
        name = self.author.nickname or self.author.first_name
        return f"{name[:1]}**" if name else gettext("A buyer")

    @property
    def pictures(self) -> list[dict[str, str]]:
        """Addresses of its photos, small and large."""
        return [{"small": picture_url(name, small=True), "large": picture_url(name)} for name in self.photos]


class Score(models.Model):
    """What all shown reviews of a product come to, kept so that its page need not count."""

    product = models.OneToOneField(
        "catalogue.Product", primary_key=True, on_delete=models.CASCADE, related_name="score"
    )
    count = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [CheckConstraint(condition=Q(total__lte=BEST * models.F("count")), name="score_within_count")]

    def __str__(self):
        return f"{self.product_id}: {self.total}/{self.count}"
