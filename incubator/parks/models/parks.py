"""Parks with their desks, and the committee of mentors."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from incubator.members.words import Known, labels
from marketplace.accounts import roles
from marketplace.core.fields import AreaField
from marketplace.core.text import localized


class ParkService(models.TextChoices):
    """What a park gives its teams; always free."""

    OFFICE = "office", pgettext_lazy("park service", "Office space")
    NETWORK = "network", pgettext_lazy("park service", "Network")
    PROPERTY = "property", pgettext_lazy("park service", "Property management")


def every_service() -> list[str]:
    """All of them, as a park that opens offers."""
    return list(ParkService.values)


class ParkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Parks of the places this person works for."""
        return self.filter(roles.within(shell.places(user)))

    def open_on(self, day):
        """Running on this day. One whose opening day nobody knows runs until it is closed."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))


class Park(models.Model):
    """An incubator 孵化园 of one place. ``scale`` and ``opened_on`` stay empty while nobody knows them."""

    area = AreaField(_("Place"), db_index=True)
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    operators = models.CharField(
        _("Run by"), max_length=200, blank=True, help_text=_("Who runs it; several with a comma between them.")
    )
    services = models.JSONField(_("Free services"), default=every_service, blank=True, validators=[Known(ParkService)])
    scale = models.CharField(_("Scale"), max_length=60, blank=True)
    opened_on = models.DateField(_("Opened"), null=True, blank=True)
    closed_on = models.DateField(_("Closed"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    source_en = models.CharField(_("Source in English"), max_length=200, blank=True)
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    objects = ParkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Incubator park")
        verbose_name_plural = _("Incubator parks")
        ordering = ["area", "name"]
        constraints = [
            UniqueConstraint(fields=["area", "name"], name="park_once_per_place"),
            CheckConstraint(condition=~Q(name=""), name="park_has_name"),
            CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
                name="park_closes_after_it_opens",
            ),
        ]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        return reverse("incubator:parks:park", args=[self.pk])

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def display_source(self):
        return localized(self, "source")

    @property
    def service_labels(self):
        return labels(self.services, ParkService)


class Desk(models.Model):
    """One desk 工位 of a park."""

    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="desks")
    label = models.CharField(_("Desk"), max_length=20)
    is_out_of_use = models.BooleanField(_("Out of use"), default=False)

    class Meta:
        verbose_name = _("Desk")
        verbose_name_plural = _("Desks")
        ordering = ["label"]
        constraints = [
            UniqueConstraint(fields=["park", "label"], name="desk_label_once_per_park"),
            CheckConstraint(condition=~Q(label=""), name="desk_has_label"),
        ]

    def __str__(self):
        return self.label


class CommitteeMember(models.Model):
    """Somebody of a park's committee of mentors 导师委员会, for a time, and the service lines she answers for."""

    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="committee")
    name = models.CharField(_("Name"), max_length=40)
    role = models.CharField(_("Role"), max_length=40, blank=True)
    lines = models.JSONField(_("Service lines"), default=list, blank=True)
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name = _("Member of the mentor committee")
        verbose_name_plural = _("Mentor committee")
        ordering = ["since", "id"]
        constraints = [
            CheckConstraint(condition=~Q(name=""), name="committee_member_has_name"),
            CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="committee_member_days_in_order"),
            UniqueConstraint(fields=["park", "name"], condition=Q(until=None), name="committee_member_once_at_a_time"),
        ]

    def __str__(self):
        return self.name
