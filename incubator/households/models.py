"""Households: families linked to cooperatives. Who they are lies encrypted; only who may read it is told, and it is noted."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.members.models import Cooperative
from marketplace.accounts import roles
from marketplace.accounts.models import Role
from marketplace.core.encryption import EncryptedTextField
from marketplace.core.fields import AreaField

PERMISSION = "households.read_household"


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Households of the places this person works for, if she may read households at all."""
        if not (user.is_authenticated and user.has_perm(PERMISSION)):
            return self.none()
        return self.filter(roles.within(roles.areas_of(user, Role.INCUBATOR)))


class Household(models.Model):
    """A household 农户. Outside this app only ``key`` names it. Name, telephone and identity number lie encrypted.

    An erased one keeps its links, so that counts stay true, and nothing that says who it was.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    area = AreaField(_("Place"), db_index=True)
    name = EncryptedTextField(_("Head of household"), blank=True)
    phone = EncryptedTextField(_("Telephone"), blank=True)
    identity_number = EncryptedTextField(_("Identity number"), blank=True)
    identity_mark = models.CharField(max_length=64, blank=True, help_text="a blind index of the identity number")
    people = models.PositiveSmallIntegerField(_("People"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("Household")
        verbose_name_plural = _("Households")
        ordering = ["area", "id"]
        permissions = [("read_household", "Can read who a household is")]
        constraints = [
            UniqueConstraint(
                fields=["identity_mark"], condition=~Q(identity_mark=""), name="household_once_per_identity"
            ),
            CheckConstraint(
                condition=Q(erased_at=None) | Q(identity_mark="", people=None),
                name="household_erased_cannot_be_found",
            ),
        ]

    def __str__(self):
        return f"household:{self.key}"

    def get_absolute_url(self):
        return reverse("incubator:households:household", args=[self.key])

    @property
    def short_key(self):
        """What lists call it."""
        return str(self.key)[:8]

    @property
    def subject(self):
        """How consents name it."""
        return f"household:{self.key}"


class HouseholdLink(models.Model):
    """A household and a cooperative, for a time: it delivers, works, holds a share, or lets its land."""

    class Kind(models.TextChoices):
        SUPPLY = "supply", pgettext_lazy("household", "Delivers goods")
        WORK = "work", pgettext_lazy("household", "Works for wages")
        SHARE = "share", pgettext_lazy("household", "Holds a share")
        LAND = "land", pgettext_lazy("household", "Lets its land")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="links")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="household_links")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name = _("Link of a household")
        ordering = ["since", "id"]
        constraints = [
            CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="household_link_days_in_order"),
            UniqueConstraint(
                fields=["household", "cooperative", "kind"],
                condition=Q(until=None),
                name="household_link_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.household_id} {self.kind}"
