"""What a seller writes about a good before buyers see it, and what the law wants on the label of packed food."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.images import picture_url
from marketplace.core.refusal import Refusal
from marketplace.core.seen import Marked

from .states import DRAFT_MOVES, EDITABLE, OPEN, DraftState

MOST_PHOTOS = 9


class DraftQuerySet(models.QuerySet):
    def of(self, seller):
        """This seller's, and nobody else's."""
        return self.filter(seller=seller)

    def in_hand(self):
        """With the seller: to go on with, or to put right."""
        return self.filter(state__in=EDITABLE)

    def waiting(self):
        """With the reviewers, the longest waiting first."""
        return self.filter(state=DraftState.WAITING).order_by("submitted_at", "pk")

    def with_cover(self):
        """With photos, in two queries however many drafts."""
        return self.prefetch_related("photos")


class Draft(Marked, models.Model):
    """A listing as its seller has typed it so far, right or wrong: nothing typed is ever lost, and nothing of it is live.

    ``key`` is made by the phone, so that a draft sent twice is one draft. A draft of a good that is already sold changes
    that good when it is approved.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="drafts")
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    state = models.CharField(_("Status"), max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    words = models.JSONField(default=dict, blank=True, help_text="what was typed, by the form's names")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("Draft")
        verbose_name_plural = _("Drafts")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            UniqueConstraint(
                fields=["product"], condition=Q(state__in=sorted(OPEN)), name="draft_one_open_per_product"
            ),
            CheckConstraint(condition=Q(state__in=DraftState.values), name="draft_state_known"),
            CheckConstraint(
                condition=~Q(state="waiting") | Q(submitted_at__isnull=False), name="draft_waiting_since_a_time"
            ),
        ]
        indexes = [models.Index(fields=["seller", "state"], name="draft_by_seller_and_state")]

    def __str__(self):
        return self.title or str(self.key)

    def get_absolute_url(self):
        return reverse("seller:draft", args=[self.key])

    @property
    def title(self) -> str:
        return self.words.get("title", "").strip()

    @property
    def also_shown(self) -> list[str]:
        return [photo.name for photo in self.photos.all()]

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def cover(self):
        """The first photo, or None. Uses what was prefetched."""
        return next(iter(self.photos.all()), None)

    def move(self, name: str) -> None:
        """Take a step of the workflow; raises IllegalMove. Saving is up to the caller."""
        self.state = DRAFT_MOVES.target(name, self.state)


class Photo(models.Model):
    """A picture of a draft; the first is the cover. ``key`` is made by the phone, so nothing uploads twice."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="photos")
    key = models.UUIDField()
    name = models.CharField(max_length=200, help_text="of the stored picture")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    frame = models.PositiveSmallIntegerField(default=50, help_text="per cent along the long side that lists show")
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Photo")
        verbose_name_plural = _("Photos")
        ordering = ["position", "pk"]
        constraints = [
            UniqueConstraint(fields=["draft", "key"], name="photo_once_per_draft"),
            CheckConstraint(condition=Q(frame__lte=100), name="photo_frame_within"),
        ]

    def __str__(self):
        return self.name

    @property
    def small_url(self) -> str:
        return picture_url(self.name, small=True)

    @property
    def large_url(self) -> str:
        return picture_url(self.name)

    @property
    def is_square(self) -> bool:
        return self.width == self.height

    @property
    def is_tall(self) -> bool:
        return self.height > self.width


class Verdict(models.TextChoices):
    """What a reviewer says of a draft."""

    APPROVE = "approve", _("Approve")
    ASK = "ask", _("Ask for a change")
    REJECT = "reject", _("Reject")


class Decision(models.Model):
    """One reviewer's word on a draft, with what buyers saw before it and what the seller asked for. Never changed."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(_("Decision"), max_length=10, choices=Verdict.choices)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(default=dict, help_text="words of the live page, empty where there was none")
    after = models.JSONField(default=dict, help_text="words of the draft")
    pictures_before = models.JSONField(default=list)
    pictures_after = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")
        ordering = ["-at", "-pk"]
        constraints = [
            CheckConstraint(condition=Q(verdict__in=Verdict.values), name="decision_verdict_known"),
            CheckConstraint(condition=Q(verdict="approve") | ~Q(note=""), name="decision_says_why"),
        ]

    def __str__(self):
        return f"{self.draft}: {self.get_verdict_display()}"


class HaltQuerySet(models.QuerySet):
    def standing(self):
        """Those that keep goods off the shelf now."""
        return self.filter(lifted_at=None)


class Halt(models.Model):
    """Goods taken off the shelf by the marketplace, and why. ``was_on_shelf``: they go back there once it is lifted."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="halts")
    reason = models.CharField(_("Reason"), max_length=300)
    was_on_shelf = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HaltQuerySet.as_manager()

    class Meta:
        verbose_name = _("Goods taken off the shelf")
        verbose_name_plural = _("Goods taken off the shelf")
        ordering = ["-at", "-pk"]
        constraints = [
            UniqueConstraint(fields=["product"], condition=Q(lifted_at=None), name="halt_one_standing"),
            CheckConstraint(condition=~Q(reason=""), name="halt_says_why"),
        ]

    def __str__(self):
        return f"{self.product}: {self.reason}"


def refuse_halted(product) -> None:
    """Raises Refusal for what the marketplace keeps off the shelf."""
    halt = product.halts.standing().first()
    if halt:
        raise Refusal(_("The marketplace keeps it off the shelf: %(reason)s") % {"reason": halt.reason})


class PriceChange(models.Model):
    """From when a pack cost what. The rows of a pack are its price history; the youngest is today's price."""

    pack = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="price_changes")
    price = models.DecimalField(_("Price"), max_digits=12, decimal_places=2)
    since = models.DateTimeField(_("Since"))

    class Meta:
        verbose_name = _("Price change")
        verbose_name_plural = _("Price changes")
        ordering = ["since", "pk"]
        constraints = [CheckConstraint(condition=Q(price__gte=0), name="price_change_not_negative")]
        indexes = [models.Index(fields=["pack", "since"], name="price_change_by_pack")]

    def __str__(self):
        return f"{self.pack_id} ¥{self.price}"


class FoodLabel(models.Model):
    """What the label of a prepacked food says (food safety law, article 67). A product without one is no prepacked food."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="food_label")
    ingredients = models.TextField(_("Ingredients"))
    allergens = models.CharField(_("Allergens"), max_length=120, blank=True)
    standard = models.CharField(_("Product standard number"), max_length=60)
    licence_number = models.CharField(_("Food production licence number"), max_length=20)
    maker = models.CharField(_("Made by"), max_length=80)
    maker_address = models.CharField(_("Address of the maker"), max_length=120)
    maker_contact = models.CharField(_("Contact of the maker"), max_length=40)

    class Meta:
        verbose_name = _("Prepacked food")
        verbose_name_plural = _("Prepacked food")

    def __str__(self):
        return f"{self.maker} {self.licence_number}"
