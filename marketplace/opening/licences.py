"""A paper of an open shop: how long it holds, and what staff say of the one that renews it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.private_files import private_storage
from marketplace.core.states import Workflow

SOON_DAYS = 30


class LicenceKind(models.TextChoices):
    """Papers a shop goes on needing; as ``Paper.Kind`` names them."""

    LICENCE = "licence", _("Business licence")
    FOOD = "food", _("Food business licence")


class LicenceState(models.TextChoices):
    """Whether staff have looked at it."""

    WAITING = "waiting", _("Under review")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Please change something")


LICENCE_MOVES = Workflow(
    {
        "approve": (frozenset({LicenceState.WAITING}), LicenceState.APPROVED),
        "return": (frozenset({LicenceState.WAITING}), LicenceState.RETURNED),
    }
)


class LicenceQuerySet(models.QuerySet):
    def of(self, seller):
        """This seller's own."""
        return self.filter(seller=seller)

    def waiting(self):
        """With staff, the longest waiting first."""
        return self.filter(state=LicenceState.WAITING).order_by("sent_at", "pk")

    def approved(self):
        return self.filter(state=LicenceState.APPROVED)

    def ending_by(self, day):
        """Approved ones that end by this day, and are not followed by one that holds longer."""
        longer = (
            LicenceQuerySet(self.model)
            .approved()
            .filter(
                Q(valid_until__isnull=True) | Q(valid_until__gt=day),
                seller=models.OuterRef("seller"),
                kind=models.OuterRef("kind"),
            )
        )
        return self.approved().filter(~models.Exists(longer), valid_until__lte=day)


class Licence(models.Model):
    """A document with a term. Of a kind the approved one that holds longest counts; one without an end holds always."""

    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(_("Kind"), max_length=10, choices=LicenceKind.choices)
    file = models.ImageField(upload_to="openings/", storage=private_storage, max_length=120)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    state = models.CharField(_("Status"), max_length=10, choices=LicenceState.choices, default=LicenceState.WAITING)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        app_label = "opening"
        verbose_name = _("Document with a term")
        verbose_name_plural = _("Documents with a term")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            UniqueConstraint(fields=["seller", "kind"], condition=Q(state="waiting"), name="licence_one_waiting"),
            CheckConstraint(condition=Q(state__in=LicenceState.values), name="licence_state_known"),
            CheckConstraint(condition=~Q(state="returned") | ~Q(note=""), name="licence_returned_with_reasons"),
        ]

    def __str__(self):
        return f"{self.seller}: {self.get_kind_display()}"

    def is_over_on(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    def ends_soon_on(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until <= day + timedelta(days=SOON_DAYS)

    def move(self, name: str) -> None:
        """Take a step; raises IllegalMove. Saving is up to the caller."""
        self.state = LICENCE_MOVES.target(name, self.state)
