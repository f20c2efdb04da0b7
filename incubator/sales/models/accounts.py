"""Accounts: one shop on one channel, and what staff taught it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.accounts.models import Role
from marketplace.core.fields import AreaField

from ..reading.reader import Habits
from ..states import NUMBERED, DayOrder, SalesChannel


class ChannelAccountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts of the places this person works for as incubator staff."""
        return self.filter(roles.within(roles.areas_of(user, Role.INCUBATOR)))

    def imported(self):
        """Accounts whose sales come as files."""
        return self.exclude(channel=SalesChannel.STOREFRONT)


class ChannelAccount(models.Model):
    """A channel account 渠道店铺. What staff taught it: ``columns`` a file's header → our column, ``states`` words → state,
    ``units`` its word → a unit we know, ``day_order`` how it writes days."""

    channel = models.CharField(_("Sales channel"), max_length=12, choices=SalesChannel.choices)
    name = models.CharField(_("Name"), max_length=80)
    area = AreaField(_("Place"), blank=True, db_index=True)
    seller = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="channel_accounts"
    )
    columns = models.JSONField(_("Column mapping"), default=dict, blank=True)
    states = models.JSONField(default=dict, blank=True)
    units = models.JSONField(default=dict, blank=True)
    day_order = models.CharField(
        _("Order of dates"), max_length=3, choices=DayOrder.choices, default=DayOrder.YEAR_FIRST
    )
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ChannelAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("Channel account")
        verbose_name_plural = _("Channel accounts")
        ordering = ["channel", "name"]
        constraints = [
            UniqueConstraint(fields=["channel", "name"], name="account_once_per_channel"),
            UniqueConstraint(
                fields=["seller"], condition=Q(channel="storefront"), name="account_one_storefront_per_seller"
            ),
            CheckConstraint(condition=~Q(name=""), name="account_has_name"),
            CheckConstraint(condition=Q(channel__in=SalesChannel.values), name="account_channel_known"),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} · {self.name}"

    @property
    def habits(self):
        """How its files are read."""
        return Habits(self.columns, self.states, self.units, self.day_order)

    @property
    def has_order_numbers(self):
        """True if an order number of its channel means the same order whoever brings it."""
        return self.channel in NUMBERED


class AccountGood(models.Model):
    """What an account calls a good: its title leads to a code, the code to what a pack weighs (grams)."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="goods")
    title = models.CharField(_("Title"), max_length=200)
    code = models.CharField(_("Code"), max_length=80)
    grams = models.PositiveIntegerField(_("Net content in grams"), null=True, blank=True)

    class Meta:
        verbose_name = _("Title and code")
        verbose_name_plural = _("Titles and codes")
        ordering = ["title"]
        constraints = [UniqueConstraint(fields=["account", "title"], name="account_title_once")]

    def __str__(self):
        return f"{self.title} → {self.code}"
