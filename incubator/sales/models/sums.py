"""Sums of sale facts, kept in step with them: what pages add up instead of a million facts. ``rollups.py`` keeps them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.accounts.models import Role

from .accounts import ChannelAccount


class SumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sums of accounts of the places this person works for as incubator staff."""
        return self.filter(roles.within(roles.areas_of(user, Role.INCUBATOR), "account__area"))

    def unattributed(self):
        """Of sales that count for no agreement."""
        return self.filter(agreement=0)


class Sums(models.Model):
    """What all sums hold: of current facts, each order once. ``kept`` are lines not refunded in full.

    ``agreement`` is the one the sales count for, 0 for none. A row whose lines have all gone stays with noughts.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    agreement = models.PositiveBigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    orders = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    grams = models.BigIntegerField(default=0)
    gross_fen = models.BigIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)
    weights_unknown = models.BigIntegerField(default=0)
    refunds_unknown = models.BigIntegerField(default=0)

    objects = SumQuerySet.as_manager()

    class Meta:
        abstract = True


class AccountDay(Sums):
    """What one account sold on one day 店铺日汇总, for one agreement or for none."""

    day = models.DateField()
    week = models.DateField()

    class Meta:
        verbose_name = _("Sales of a day")
        constraints = [UniqueConstraint(fields=["day", "account", "agreement"], name="account_day_once")]
        indexes = [
            models.Index(fields=["account", "day"], condition=Q(kept__gt=0), name="account_day_sold"),
            models.Index(fields=["agreement", "day"], condition=Q(agreement__gt=0), name="account_day_by_agreement"),
        ]

    def __str__(self):
        return f"{self.account_id} {self.day}"


class AccountWeek(Sums):
    """What one account sold in one week 店铺周汇总, for one agreement or for none: for stretches too long to add up by days."""

    week = models.DateField()

    class Meta:
        verbose_name = _("Sales of a week")
        constraints = [UniqueConstraint(fields=["week", "account", "agreement"], name="account_week_once")]

    def __str__(self):
        return f"{self.account_id} {self.week}"


class GoodSums(Sums):
    """What sums of goods hold.

    ``title`` only where there is no code; ``label`` a title it was sold under; ``product`` 0: not in our catalogue.
    """

    code = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=255, blank=True)
    label = models.CharField(max_length=255, blank=True)
    product = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True


class GoodWeek(GoodSums):
    """What one account sold of one good in one week 商品周汇总."""

    week = models.DateField()

    class Meta:
        verbose_name = _("Sales of a good in a week")
        constraints = [
            UniqueConstraint(fields=["week", "account", "code", "title", "product", "agreement"], name="good_week_once")
        ]
        indexes = [models.Index(fields=["account", "code"], name="good_week_by_code")]

    def __str__(self):
        return f"{self.code or self.title} {self.week}"


class GoodQuarter(GoodSums):
    """What one account sold of one good in thirteen weeks 商品季汇总: for stretches too long to add up by weeks."""

    quarter = models.DateField()

    class Meta:
        verbose_name = _("Sales of a good in a quarter")
        constraints = [
            UniqueConstraint(
                fields=["quarter", "account", "code", "title", "product", "agreement"], name="good_quarter_once"
            )
        ]

    def __str__(self):
        return f"{self.code or self.title} {self.quarter}"
