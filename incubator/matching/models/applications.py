"""Who asks to take part in a fair, before staff have said yes."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from marketplace.accounts import roles
from marketplace.core.seen import Marked
from marketplace.core.states import Workflow

from .fairs import Fair
from .registrations import FairPartner, FairProduct


class ApplicationState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("fair application", "Being checked")
    RETURNED = "returned", pgettext_lazy("fair application", "Returned for correction")
    ACCEPTED = "accepted", pgettext_lazy("fair application", "Accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("fair application", "Withdrawn")


APPLICATION_MOVES = Workflow(
    {
        "correct": (frozenset({ApplicationState.WAITING, ApplicationState.RETURNED}), ApplicationState.WAITING),
        "return": (frozenset({ApplicationState.WAITING}), ApplicationState.RETURNED),
        "accept": (frozenset({ApplicationState.WAITING}), ApplicationState.ACCEPTED),
        "withdraw": (frozenset({ApplicationState.WAITING, ApplicationState.RETURNED}), ApplicationState.WITHDRAWN),
    }
)


class Side(models.TextChoices):
    PRODUCTS = "products", pgettext_lazy("fair application", "Offers goods")
    PARTNERS = "partners", pgettext_lazy("fair application", "Looks for goods")


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For fairs of the places this person works for."""
        return self.filter(roles.within(shell.places(user), "fair__area"))

    def waiting(self):
        return self.filter(state=ApplicationState.WAITING)


class FairApplication(Marked, models.Model):
    """A registration by the public form, as it was typed. ``values`` are the columns of a product or partner at a fair; an
    accepted one has become one. Whoever holds ``key`` can look at it and correct it: it is the address she was given."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="applications")
    side = models.CharField(_("Side"), max_length=10, choices=Side.choices)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=80)
    contact = models.CharField(_("Contact person"), max_length=40)
    phone = models.CharField(_("Telephone"), max_length=30)
    values = models.JSONField()
    state = models.CharField(
        _("Status"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.WAITING, db_index=True
    )
    words = models.CharField(_("What to correct"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    product = models.ForeignKey(
        FairProduct, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )
    partner = models.ForeignKey(
        FairPartner, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Registration by form")
        verbose_name_plural = _("Registrations by form")
        ordering = ["-sent_at", "-id"]
        constraints = [
            CheckConstraint(condition=Q(side__in=Side.values), name="fair_application_side_known"),
            CheckConstraint(condition=Q(state__in=ApplicationState.values), name="fair_application_state_known"),
            CheckConstraint(
                condition=Q(product=None, partner=None) | Q(state="accepted"),
                name="fair_application_entry_when_accepted",
            ),
            CheckConstraint(condition=~Q(state="returned") | ~Q(words=""), name="fair_application_returned_says_why"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("incubator:fairs:application", args=[self.key])

    @property
    def is_open(self):
        """True while she may still correct it."""
        return self.state in {ApplicationState.WAITING, ApplicationState.RETURNED}
