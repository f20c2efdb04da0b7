"""Published figures: snapshots of what we computed, and what others declared."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator import shell
from marketplace.accounts import roles
from marketplace.core.fields import AreaField
from marketplace.core.figures import QualifiedFigure, Qualifier, Unit
from marketplace.core.text import localized

from . import vocabulary


class SnapshotQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Snapshots of the places this person works for as incubator staff."""
        return self.filter(roles.within(shell.places(user)))

    def released(self):
        return self.filter(released_at__isnull=False)


class Snapshot(models.Model):
    """A snapshot 数据快照: figures of one place up to one day, as they stood when it was taken; small cells are not in it.

    ``taken_at`` is the moment whose records it adds up: the rows behind it can be found again. Released by a second person;
    from then on the database refuses every change.
    """

    area = AreaField(_("Place"), db_index=True)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    method = models.CharField(_("Method"), max_length=10)
    figures = models.JSONField(encoder=DjangoJSONEncoder)
    taken_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("Snapshot")
        verbose_name_plural = _("Snapshots")
        ordering = ["-until", "-id"]
        constraints = [
            CheckConstraint(condition=Q(until__gte=F("since")), name="snapshot_days_in_order"),
            CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | (Q(released_by__isnull=False, released_at__isnull=False) & ~Q(released_by=F("by"))),
                name="snapshot_released_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.area} {self.until}"

    def get_absolute_url(self):
        return reverse("incubator:impact:snapshot", args=[self.pk])


class DeclaredFigure(models.Model):
    """A figure 公布数据 somebody else published: told as it was told, never added to ours."""

    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    value = models.DecimalField(_("Value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("Unit"), max_length=12, choices=Unit.choices)
    qualifier = models.CharField(_("Qualifier"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    as_of = models.DateField(_("As of"))
    source = models.CharField(_("Source"), max_length=120)
    source_en = models.CharField(_("Source in English"), max_length=160, blank=True)
    work_area = models.CharField(_("Area of work"), max_length=30, blank=True, choices=vocabulary.CHOICES)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Declared figure")
        verbose_name_plural = _("Declared figures")
        ordering = ["order", "id"]
        constraints = [
            UniqueConstraint(fields=["name", "as_of"], name="declared_figure_once"),
            CheckConstraint(condition=~Q(source=""), name="declared_figure_has_source"),
            CheckConstraint(
                condition=Q(work_area__in=["", *(filed for filed, _word in vocabulary.CHOICES)]),
                name="declared_figure_work_area_known",
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def display_source(self):
        return localized(self, "source")

    @property
    def display_work_area(self):
        """The area of work it is filed under, in the reader's language."""
        return vocabulary.name_of(self.work_area)

    @property
    def figure(self):
        return QualifiedFigure(self.value, self.unit, self.qualifier, self.as_of, self.source)
