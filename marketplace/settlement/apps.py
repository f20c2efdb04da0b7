"""Settlement 结算: the ledger, what sellers are owed, and how it reaches them (docs/money.md)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettlementConfig(AppConfig):
    name = "marketplace.settlement"
    verbose_name = _("Settlement")
