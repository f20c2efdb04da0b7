"""Costs and one shared period of the demonstration; all figures are made up. Freight of one channel stays unknown on purpose."""

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import Permission
from django.utils import timezone

from incubator.income import actions
from incubator.income.models import CostRule, IncomeRound
from incubator.income.waterfall import CostBasis, CostKind
from incubator.members.models import Cooperative
from incubator.sales.models import ChannelAccount
from incubator.sales.states import Evidence
from marketplace.accounts.models import User

STAFF, READER = "+8613800000004", "+8613800000008"
RULES = (
    (CostKind.PLATFORM, CostBasis.PERCENT, "2"),
    (CostKind.FEE, CostBasis.PERCENT, "0.6"),
    (CostKind.PARTNER, CostBasis.PERCENT, "8"),
    (CostKind.FREIGHT, CostBasis.PER_ORDER, "6.50"),
    (CostKind.PACKAGING, CostBasis.PER_PACK, "1.20"),
    (CostKind.RAW, CostBasis.PER_KG, "4.20"),
    (CostKind.OPERATING, CostBasis.PERCENT, "3"),
)
UNKNOWN_AT = {("pinduoduo", CostKind.FREIGHT)}


def load() -> None:
    """Note them, if there are none."""
    staff, reader = (User.objects.get(mobile=mobile) for mobile in (STAFF, READER))
    reader.user_permissions.add(Permission.objects.get(content_type__app_label="income", codename="read_income"))
    now = timezone.now()
    if not CostRule.objects.exists():
        for account in ChannelAccount.objects.filter(is_sample=True, channel__in=("taobao", "pinduoduo", "douyin")):
            for kind, basis, value in RULES:
                if (account.channel, kind) not in UNKNOWN_AT:
                    actions.set_cost(
                        account=account, code="", kind=kind, basis=basis, value=Decimal(value), since=date(2026, 1, 1),
                        until=None, evidence=Evidence.TOLD, by=staff, at=now,
                    )  # fmt: skip
    cooperative = Cooperative.objects.filter(household_links__isnull=False, is_sample=True).order_by("code").first()
    if cooperative is not None and not IncomeRound.objects.exists():
        share(cooperative, staff, reader, now)


def share(cooperative: Cooperative, staff: User, reader: User, now) -> None:
    """The first half of the year, declared by the sample cooperative, shared by deliveries and checked by another."""
    made = actions.open_round(
        cooperative=cooperative, since=date(2026, 1, 1), until=date(2026, 6, 30), basis=IncomeRound.Basis.DECLARED,
        distributable_fen=8_765_432, evidence=Evidence.DOCUMENT, by=staff, at=now,
    )  # fmt: skip
    weights = {link.pk: 400 + 37 * number for number, link in enumerate(actions.links_in(made))}
    actions.allocate(round=made, weights=weights, retained_fen=1_000_000, by=staff)
    actions.make_final(round=made, by=reader, at=now)
