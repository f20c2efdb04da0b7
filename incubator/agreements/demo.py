"""Agreements of the demonstration: made up from the sample fair's plan, one of them with sales that count for it."""

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from incubator.agreements import actions
from incubator.agreements.models import Agreement
from incubator.matching.models import Fair, Proposal
from incubator.sales.models import ChannelAccount
from marketplace.accounts.models import User
from marketplace.core.documents import Document

STAFF, SECOND = "+8613800000004", "+8613800000008"
OF_COOPERATIVE, OF_PARTNER = "+8613800000010", "+8613800000011"
SIGNED, OPEN = 2, 1
GOODS = "绿沃兴塔大米、齐齐哈尔新米"
"""What the first of them is about: the rice whose sales the sample files hold."""
CODES = ("QQHR-RICE-5", "QQHR-RICE-10", "LWXT-RICE-2.5")


def load() -> None:
    """Draw up three, sign two, if there are none."""
    fair = Fair.objects.filter(is_sample=True, plan__isnull=False).first()
    if fair is None or Agreement.objects.exists():
        return
    first, second = (User.objects.get(mobile=mobile) for mobile in (STAFF, SECOND))
    proposals = fair.plan.proposals.select_related("product", "partner")[: SIGNED + OPEN]
    for number, proposal in enumerate(proposals):
        made = draw_up(proposal, GOODS if number == 0 else proposal.product.name, first)
        if number < SIGNED:
            actions.move(agreement=made, move="submit", by=first, at=timezone.now())
            actions.move(agreement=made, move="sign", by=second, at=timezone.now(), on=date(2026, 9, 28))
        if number == 0:
            count_rice(made, first)
            let_both_sides_in(made)


def draw_up(proposal: Proposal, goods: str, by: User) -> Agreement:
    return actions.draw_up(
        proposal=proposal,
        cooperative=proposal.product.cooperative,
        partner=proposal.partner.partner,
        goods=goods,
        price_kind=Agreement.PriceKind.FLOOR,
        price=Decimal("8.50"),
        volume_kg=2000,
        commission_percent=proposal.partner.commission_percent,
        begins_on=date(2026, 9, 1),
        ends_on=date(2027, 8, 31),
        file=paper(),
        by=by,
        at=timezone.now(),
    )


def let_both_sides_in(agreement: Agreement) -> None:
    """The demonstration's cooperative and e-commerce partner are the sides of the first agreement: each finds its own pages."""
    agreement.cooperative.users.add(User.objects.get(mobile=OF_COOPERATIVE))
    agreement.partner.users.add(User.objects.get(mobile=OF_PARTNER))


def paper() -> ContentFile:
    """A sheet that says it is a sample."""
    sheet = Document("合作协议(示例)")
    sheet.add_page()
    sheet.heading("合作协议(示例)")
    sheet.paragraph("演示用,没有法律效力。")
    return ContentFile(sheet.as_bytes(), name="agreement.pdf")


def count_rice(agreement: Agreement, by: User) -> None:
    """The sample seller's rice counts for the first agreement."""
    for account in ChannelAccount.objects.filter(is_sample=True, channel__in=("taobao", "pinduoduo")):
        for code in CODES:
            actions.count_good(agreement=agreement, account=account, code=code, by=by)
