"""What files said, row by row, and when. Nothing here is ever changed or deleted but marks of what is in force."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from ..reading import readings
from .accounts import ChannelAccount


class ImportState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Interrupted")
    UNDONE = "undone", _("Undone")


class SalesImport(models.Model):
    """One file (or one thing staff typed) taken in for one account. Undoing it takes its rows out of force and keeps them.

    It goes in slices, each a transaction of its own, so that buyers never wait for it; what an interrupted one left is
    completed by the next. ``errors`` holds the first refusals with row, code and values. ``elsewhere`` of the new rows are of
    orders that another account had brought.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(_("File"), max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.RUNNING)
    new = models.PositiveIntegerField(_("New"), default=0)
    updated = models.PositiveIntegerField(_("Updated"), default=0)
    unchanged = models.PositiveIntegerField(_("Unchanged"), default=0)
    refused = models.PositiveIntegerField(_("Refused"), default=0)
    elsewhere = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | (~Q(state="undone") & Q(undone_at=None)),
                name="sales_import_undone_has_date",
            )
        ]

    def __str__(self):
        return self.file_name

    @property
    def read(self):
        return self.new + self.updated + self.unchanged + self.refused


class SourceRowQuerySet(models.QuerySet):
    def in_force(self):
        """For each key the one row that counts."""
        return self.filter(is_current=True)

    def of_orders(self, account, numbers):
        """Rows of these orders: everybody's where the channel numbers its orders, else the account's own."""
        scope = {"account__channel": account.channel} if account.has_order_numbers else {"account": account}
        return self.filter(order_number__in=numbers, **scope)

    def waiting(self):
        """Rows in force whose other half has not come: items without their order, orders without their items."""
        here = SourceRow.objects.in_force().filter(
            account=models.OuterRef("account"), order_number=models.OuterRef("order_number")
        )
        alone = Q(kind=readings.ORDER) & ~models.Exists(here.filter(kind=readings.ITEM))
        without_head = Q(kind=readings.ITEM, has_money=False) & ~models.Exists(here.filter(kind=readings.ORDER))
        return self.in_force().filter(alone | without_head)


class SourceRow(models.Model):
    """What a row said, without anything about the buyer. Its key is account, kind, order and line; equal contents are one row.

    ``run`` held it first, at ``position``; imports that held it again are its sightings. ``is_live``: an import that was not undone holds it. ``is_current``: of the live rows of its key the furthest.
    ``is_pending``: the facts do not follow it yet.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="rows")
    run = models.ForeignKey(SalesImport, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=8)
    order_number = models.CharField(_("Order number"), max_length=72)
    line_key = models.CharField(max_length=160, blank=True)
    digest = models.CharField(max_length=16)
    values = models.JSONField()
    position = models.PositiveIntegerField()
    has_money = models.BooleanField(default=False)
    is_live = models.BooleanField(default=True)
    is_current = models.BooleanField(default=True)
    is_pending = models.BooleanField(default=True)

    last_run: int
    """The last import in force that held it; noted where rows are compared, not a column."""

    objects = SourceRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("Row of a file")
        constraints = [
            UniqueConstraint(
                fields=["order_number", "account", "kind", "line_key", "digest"], name="source_row_once_per_content"
            ),
            UniqueConstraint(
                fields=["order_number", "account", "kind", "line_key"],
                condition=Q(is_current=True),
                name="source_row_one_current",
            ),
            models.CheckConstraint(condition=Q(is_current=False) | Q(is_live=True), name="source_row_current_is_live"),
        ]
        indexes = [models.Index(fields=["account", "id"], condition=Q(is_pending=True), name="source_row_pending")]

    def __str__(self):
        return f"{self.order_number} {self.line_key}"

    @property
    def progress(self):
        """How far the order had come, as ``Reading.progress`` tells it."""
        return readings.progress_of(self.values)


class Sighting(models.Model):
    """A later import held this row too, at this place."""

    run = models.ForeignKey(SalesImport, on_delete=models.PROTECT, related_name="sightings")
    source = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="sightings")
    row = models.PositiveIntegerField()

    class Meta:
        constraints = [UniqueConstraint(fields=["source", "run", "row"], name="sighting_once")]

    def __str__(self):
        return f"{self.run_id}:{self.row}"
