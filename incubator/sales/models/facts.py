"""Sale facts: one line sold on any channel, counted once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import CheckConstraint, F, Q, Sum, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.accounts.models import Role
from marketplace.core.fields import AreaField
from marketplace.core.money import to_yuan

from ..states import Evidence, SaleState
from .accounts import ChannelAccount
from .sources import SalesImport


def week_of(day: date) -> date:
    """The Monday of the week the day lies in."""
    return day - timedelta(days=day.weekday())


def quarter_of(day: date) -> date:
    """The Monday on which the thirteen weeks begin that the day lies in; counted on from the calendar's first day, a Monday."""
    return day - (day - date.min) % timedelta(weeks=13)


class SaleFactQuerySet(models.QuerySet):
    def current(self):
        """What is true today."""
        return self.filter(superseded_at=None)

    def as_of(self, moment):
        """What was on record at this moment; exactly what a snapshot of then was made from."""
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def counted(self):
        """Each order once, also where two accounts brought it."""
        return self.filter(is_double=False)

    def visible_to(self, user):
        """Sales of accounts of the places this person works for as incubator staff."""
        return self.filter(roles.within(roles.areas_of(user, Role.INCUBATOR), "account__area"))

    def sums(self):
        """Orders, lines, grams and fen in one row; grams of lines whose weight is known."""
        return self.aggregate(
            orders=Sum("is_first", default=0),
            lines=models.Count("pk"),
            grams=Sum("grams_kept", default=0),
            gross=Sum("gross_fen", default=0),
            refunded=Sum("refunded_fen", default=0),
        )


class SaleFact(models.Model):
    """A sale 销售记录: one line of a paid order, as it stood from ``recorded_at`` until ``superseded_at``.

    Append-only: what changes gets a new version, the old one is closed and stays. Money in fen without postage. ``grams`` is
    what was sold, ``grams_kept`` the same or 0 where the order was refunded in full; None is unknown. ``is_first`` is 1 on
    the first line of its order, so that orders are counted by adding. ``is_double``: an earlier account has the order too.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="facts")
    order_number = models.CharField(_("Order number"), max_length=72)
    line_key = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.PositiveSmallIntegerField(_("Status"), choices=SaleState.choices)
    sold_on = models.DateField(_("Paid on"))
    week = models.DateField()
    title = models.CharField(_("Product"), max_length=255, blank=True)
    code = models.CharField(_("Code"), max_length=80, blank=True)
    pack = models.CharField(_("Specification"), max_length=120, blank=True)
    quantity = models.DecimalField(_("Quantity"), max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=10, blank=True)
    grams = models.PositiveBigIntegerField(null=True, blank=True)
    grams_kept = models.PositiveBigIntegerField(null=True, blank=True)
    gross_fen = models.PositiveBigIntegerField(_("Gross sales"))
    refunded_fen = models.PositiveBigIntegerField(_("Refunded"), default=0)
    is_refund_unknown = models.BooleanField(default=False)
    is_first = models.PositiveSmallIntegerField(default=0)
    is_double = models.BooleanField(default=False)
    evidence = models.PositiveSmallIntegerField(choices=Evidence.choices)
    seller = models.ForeignKey("partner.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    county = AreaField(_("Place of origin"), blank=True)
    lot = models.CharField(_("Lot"), max_length=40, blank=True)
    recorded_by = models.ForeignKey(
        SalesImport, null=True, blank=True, on_delete=models.PROTECT, related_name="recorded_facts"
    )
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = SaleFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sale")
        verbose_name_plural = _("Sales")
        ordering = ["-sold_on", "-id"]
        constraints = [
            UniqueConstraint(fields=["order_number", "account", "line_key", "version"], name="sale_version_once"),
            UniqueConstraint(
                fields=["order_number", "account", "line_key"],
                condition=Q(superseded_at=None),
                name="sale_one_current_version",
            ),
            CheckConstraint(condition=Q(refunded_fen__lte=F("gross_fen")), name="sale_refund_within_gross"),
            CheckConstraint(condition=Q(state__gte=SaleState.PAID), name="sale_was_paid"),
            CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")), name="sale_times_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["week"], condition=Q(superseded_at=None), name="sale_current_by_week"),
            models.Index(fields=["account", "-sold_on"], condition=Q(superseded_at=None), name="sale_by_account"),
        ]

    def __str__(self):
        return f"{self.order_number} {self.line_key}"

    @property
    def gross(self):
        return to_yuan(self.gross_fen)

    @property
    def refunded(self):
        return to_yuan(self.refunded_fen)

    @property
    def net(self):
        return to_yuan(self.gross_fen - self.refunded_fen)
