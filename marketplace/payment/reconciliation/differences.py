"""What can disagree, in words."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One way for two places to disagree."""

    PURCHASE_SUM = "purchase_sum", _("The orders of a purchase do not add up to it")
    PAID_WITHOUT_PAYMENT = "paid_without_payment", _("A purchase counts as paid without a payment")
    PAYMENT_WITHOUT_PAID = "payment_without_paid", _("A payment arrived for a purchase that does not count as paid")
    PAYMENT_SUM = "payment_sum", _("A payment differs from its purchase")
    CLOSED_NOT_REFUNDED = "closed_not_refunded", _("A paid order was closed and not refunded in full")
    REFUND_SUM = "refund_sum", _("More is refunded than was paid")
    STOCK_PROMISED = "stock_promised", _("Goods kept for orders differ from the stock record")
    POOL_PROMISED = "pool_promised", _("Loose goods kept for orders differ from what goes into their packs")
    STOCK_OF_ENDED = "stock_of_ended", _("An order that is over still keeps goods")
    PROMOTION_DISCOUNT = "promotion_discount", _("An order's discount differs from its promotions or its lines")
    PROMOTION_USES = "promotion_uses", _("A promotion counts other uses than there were")
    LEDGER_ORDER = "ledger_order", _("A paid order differs from the ledger")
    LEDGER_REFUND = "ledger_refund", _("A refund differs from the ledger")
    LEDGER_SURPLUS = "ledger_surplus", _("A payment that is being returned differs from the ledger")
    LEDGER_BALANCE = "ledger_balance", _("A kept balance differs from its entries")
    LEDGER_ROUNDING = "ledger_rounding", _("The rounding account is not zero")
    LEDGER_SELLER = "ledger_seller", _("A seller's balance differs from her shares and payouts")
    LEDGER_BUYERS = "ledger_buyers", _("What is owed to buyers differs from the refunds to make")
    LEDGER_COURIER = "ledger_courier", _("Cash with couriers differs from the orders they collected")
    PROVIDER_MISSING = "provider_missing", _("The provider does not know a payment of ours")
    PROVIDER_UNKNOWN = "provider_unknown", _("The provider has a payment that we do not have")
    PROVIDER_SUM = "provider_sum", _("A payment differs from what the provider says")
    PROVIDER_REFUND = "provider_refund", _("A refund differs from what the provider says")
    PROVIDER_TRANSFER = "provider_transfer", _("A transfer to a seller differs from what the provider says")
    PROVIDER_BALANCE = "provider_balance", _("What lies with the provider differs from the ledger")
    PROVIDER_SILENT = "provider_silent", _("The provider gives no answer")


@dataclass(frozen=True)
class Difference:
    """``subject`` names the row; ``expected`` is what the other places say, ``found`` what this one says."""

    kind: Kind
    subject: str
    expected: str = ""
    found: str = ""

    def __str__(self):
        return f"{self.kind.value}\t{self.subject}\t{self.expected}\t{self.found}"
