"""Asking to open a shop 我要开店: who asks, on which papers, and what staff say."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.fields import AreaField
from marketplace.core.private_files import private_storage
from marketplace.core.seen import Marked
from marketplace.core.states import Workflow
from marketplace.partner.models import Partner


class OpeningState(models.TextChoices):
    """Who has the application in hand."""

    BEGUN = "begun", _("Not sent yet")
    WAITING = "waiting", _("Under review")
    RETURNED = "returned", _("Please change something")
    OPENED = "opened", _("The shop is open")


WITH_APPLICANT = frozenset({OpeningState.BEGUN, OpeningState.RETURNED})
OPENING_MOVES = Workflow(
    {
        "send": (WITH_APPLICANT, OpeningState.WAITING),
        "return": (frozenset({OpeningState.WAITING}), OpeningState.RETURNED),
        "approve": (frozenset({OpeningState.WAITING}), OpeningState.OPENED),
    }
)


class Opening(Marked, models.Model):
    """One person's application for one shop. Her identity number lies encrypted; papers are private files."""

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="openings")
    state = models.CharField(_("Status"), max_length=10, choices=OpeningState.choices, default=OpeningState.BEGUN)
    kind = models.CharField(_("Kind"), max_length=20, choices=Partner.Kind.choices, blank=True)
    name = models.CharField(_("Name of the shop"), max_length=30, blank=True)
    area = AreaField(_("Place"), blank=True)
    person = models.CharField(_("Real name"), max_length=40, blank=True)
    identity = EncryptedTextField(_("Identity number"), blank=True)
    code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    grows_herself_at = models.DateTimeField(null=True, blank=True, help_text="when she declared the exemption")
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    seller = models.OneToOneField(
        Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="opening", editable=False
    )

    class Meta:
        verbose_name = _("Application for a shop")
        verbose_name_plural = _("Applications for shops")
        permissions = [("read_identity", "Read names and identity numbers of sellers")]
        ordering = ["sent_at", "pk"]
        constraints = [
            UniqueConstraint(fields=["applicant"], condition=~Q(state="opened"), name="opening_one_at_a_time"),
            CheckConstraint(condition=Q(state__in=OpeningState.values), name="opening_state_known"),
            CheckConstraint(condition=~Q(state="returned") | ~Q(note=""), name="opening_returned_with_reasons"),
        ]

    def __str__(self):
        return self.name or str(self.pk)

    @property
    def also_shown(self) -> list[str]:
        return [f"{paper.kind} {paper.file.name} {paper.valid_until}" for paper in self.papers.order_by("pk")]

    @property
    def is_editable(self) -> bool:
        return self.state in WITH_APPLICANT

    def move(self, name: str) -> None:
        """Take a step; raises IllegalMove. Saving is up to the caller."""
        self.state = OPENING_MOVES.target(name, self.state)


class Paper(models.Model):
    """A photographed document of an application: one of each kind, the latest counts. Every look at it is audited."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("Business licence")
        IDENTITY = "identity", _("Identity card, the side with the name")
        FOOD = "food", _("Food business licence")

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    file = models.ImageField(upload_to="openings/", storage=private_storage, max_length=120)
    added_at = models.DateTimeField()
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("Document")
        verbose_name_plural = _("Documents")
        ordering = ["kind"]
        constraints = [UniqueConstraint(fields=["opening", "kind"], name="paper_once_per_kind")]

    def __str__(self):
        return self.get_kind_display()


from .licences import Licence  # noqa: E402,F401
