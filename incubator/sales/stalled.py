"""Sellers who have come to a stop, why we think so, and what staff could do next.

Signs: nothing new on the shelf for 7 days; nothing sold for 14; a larger share of the money went back in the last 28 days than
in the 28 before. The proposed step follows the gravest sign: refunds before sales before listings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.catalogue.models import Listing
from marketplace.core.money import to_yuan
from marketplace.core.planning import rows_planned_anew
from marketplace.partner.models import Partner

from .models import AccountDay, ChannelAccount

NO_LISTING_FOR, NO_SALE_FOR, REFUNDS_OVER = timedelta(days=7), timedelta(days=14), timedelta(days=28)
LEAST_REFUND_DAYS = 3
"""Money given back on fewer days says nothing about a trend."""
REFUNDS, SALE, LISTING = "refunds_rising", "no_sale", "no_listing"
SIGNS = {
    REFUNDS: _("Refunds are rising"),
    SALE: _("No sale in 14 days"),
    LISTING: _("Nothing new listed in 7 days"),
}
STEPS = {
    (REFUNDS,): _("Read the newest refunds with the seller and check the goods before the next parcels leave."),
    (SALE, LISTING): _("Call the seller: is the shop still worked at? Offer a trainer's visit."),
    (SALE, "unlisted"): _("Nothing is on the shelf yet: list the first good together."),
    (SALE,): _("Look at price, pictures and stock together; propose the goods for the next fair."),
    (LISTING,): _("Ask what is in season and list it together."),
}


@dataclass(frozen=True)
class Standing:
    """How a seller stands on a day. Money in fen; ``listed_on`` and ``sold_on`` None: never."""

    seller: Partner
    listed_on: date | None
    sold_on: date | None
    gross: int = 0
    back: int = 0
    days_back: int = 0
    gross_before: int = 0
    back_before: int = 0

    @property
    def are_refunds_rising(self) -> bool:
        """True if a larger share went back than before; shares compared without dividing."""
        return self.days_back >= LEAST_REFUND_DAYS and self.back * self.gross_before > self.back_before * self.gross

    def signs(self, today: date) -> tuple[str, ...]:
        """What speaks for it, the gravest first. A seller who joined lately is given the same time."""
        found = [REFUNDS] if self.are_refunds_rising else []
        joined = self.seller.joined_on
        if today - (self.sold_on or joined) >= NO_SALE_FOR:
            found.append(SALE)
        if today - (self.listed_on or joined) >= NO_LISTING_FOR:
            found.append(LISTING)
        return tuple(found)

    @property
    def refund_percent(self) -> int:
        return 100 * self.back // self.gross if self.gross else 0

    @property
    def refund_percent_before(self) -> int:
        return 100 * self.back_before // self.gross_before if self.gross_before else 0

    @property
    def net(self):
        """Yuan of the last 28 days."""
        return to_yuan(self.gross - self.back)


@dataclass(frozen=True)
class Stalled:
    """One seller for the list, with words."""

    standing: Standing
    signs: tuple[str, ...]

    @property
    def reasons(self) -> list[str]:
        return [str(SIGNS[sign]) for sign in self.signs]

    @property
    def step(self) -> str:
        """What to do next."""
        return str(STEPS[step_of(self.signs, self.standing)])


def step_of(signs: tuple[str, ...], standing: Standing) -> tuple[str, ...]:
    """The key of the step that fits."""
    if REFUNDS in signs:
        return (REFUNDS,)
    if SALE in signs and standing.listed_on is None:
        return (SALE, "unlisted")
    return signs


def stalled(user, today: date) -> list[Stalled]:
    """Sellers of this person's places who have come to a stop, those with most signs first; three queries."""
    found = []
    for standing in standings(user, today):
        if signs := standing.signs(today):
            found.append(Stalled(standing, signs))
    return sorted(found, key=lambda each: (-len(each.signs), each.signs, each.standing.seller.name))


def standings(user, today: date) -> Iterable[Standing]:
    """Every open shop of these places with what it listed and sold."""
    places = roles.areas_of(user, roles.Role.INCUBATOR)
    sellers = Partner.objects.open().filter(roles.within(places)).annotate(sold_on=last_sale(today))
    listed = Listing.objects.filter(roles.within(places, "seller__area")).order_by().values("seller")
    listed_on = dict(listed.annotate(last=Max(TruncDate("listed_at"))).values_list("seller", "last"))
    sold = {row.pop("account__seller"): row for row in rows_planned_anew(sales(places, today))}
    return [
        Standing(seller, listed_on.get(seller.pk), seller.sold_on, **sold.get(seller.pk, {}))
        for seller in sellers.order_by("name", "pk")
    ]


def last_sale(today: date) -> Subquery:
    """The last day on which a seller sold: of each account one look at its index, however long it has been selling."""
    days = AccountDay.objects.filter(account=OuterRef("pk"), kept__gt=0, day__lte=today).order_by("-day").values("day")
    accounts = ChannelAccount.objects.filter(seller=OuterRef("pk")).order_by().values("seller")
    return Subquery(accounts.annotate(last=Max(Subquery(days[:1]))).values("last"))


def sales(places: tuple[str, ...], today: date):
    """Sums by seller of both stretches of 28 days."""
    since, before = today - REFUNDS_OVER, today - 2 * REFUNDS_OVER
    late, early = Q(day__gt=since), Q(day__lte=since)
    days = AccountDay.objects.filter(roles.within(places, "account__seller__area"), day__gt=before, day__lte=today)
    return (
        days.order_by()
        .values("account__seller")
        .annotate(
            gross=Sum("gross_fen", filter=late, default=0),
            back=Sum("refunded_fen", filter=late, default=0),
            days_back=Count("pk", filter=late & Q(refunded_fen__gt=0)),
            gross_before=Sum("gross_fen", filter=early, default=0),
            back_before=Sum("refunded_fen", filter=early, default=0),
        )
    )
