"""Where goods are sold, and how far a sale has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SalesChannel(models.TextChoices):
    """Where goods are sold."""

    STOREFRONT = "storefront", _("Our storefront")
    TAOBAO = "taobao", _("Taobao")
    PINDUODUO = "pinduoduo", _("Pinduoduo")
    DOUYIN = "douyin", _("Douyin")
    WECHAT = "wechat", _("WeChat group")
    OTHER = "other", _("Other channel")


IMPORTED = tuple(channel for channel in SalesChannel if channel != SalesChannel.STOREFRONT)
"""Channels that come as files."""
NUMBERED = (SalesChannel.STOREFRONT, SalesChannel.TAOBAO, SalesChannel.PINDUODUO, SalesChannel.DOUYIN)
"""Channels whose order numbers mean the same order whoever brings them."""


class DayOrder(models.TextChoices):
    """How a file writes days; the year first is understood in any case."""

    YEAR_FIRST = "ymd", _("2026-10-01")
    DAY_FIRST = "dmy", _("01/10/2026: the day first")
    MONTH_FIRST = "mdy", _("10/01/2026: the month first")


class SaleState(models.IntegerChoices):
    """How far a sale has come. Orders only move to higher values, so the furthest that any file says is true."""

    UNPAID = 0, _("Awaiting payment")
    CLOSED = 10, _("Closed unpaid")
    PAID = 20, _("Awaiting shipment")
    SHIPPED = 30, _("Awaiting receipt")
    COMPLETED = 40, _("Completed")
    REFUNDED = 50, _("Refunded in full")


class Evidence(models.IntegerChoices):
    """How well a figure is proved."""

    TOLD = 0, _("Told by the seller")
    DOCUMENT = 1, _("Typed table or document")
    PLATFORM = 2, _("File of a platform or bank")
    CONFIRMED = 3, _("Confirmed by both sides")


EVIDENCE = {
    SalesChannel.STOREFRONT: Evidence.CONFIRMED,
    SalesChannel.TAOBAO: Evidence.PLATFORM,
    SalesChannel.PINDUODUO: Evidence.PLATFORM,
    SalesChannel.DOUYIN: Evidence.PLATFORM,
    SalesChannel.WECHAT: Evidence.DOCUMENT,
    SalesChannel.OTHER: Evidence.DOCUMENT,
}
"""What a file of each channel is worth."""
