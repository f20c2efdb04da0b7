"""Every address of the seller centre × people who must not see or change something there: no leak, no change.

``pytest -s tests/seller/test_leaks.py`` prints the counts.
"""

import re
import uuid
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.aftersales.models import Case
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from marketplace.seller import team
from marketplace.seller.capabilities import CAPABILITIES, TeamRole
from tests import shop
from tests.house.access_table import ACCESS, PUBLIC, SIGNED_IN
from tests.house.world import World
from tests.leaks import Count, everything, is_refused, signed_in, text_of

pytestmark = pytest.mark.django_db
NOTE = "请放在示例门卫室"
EVERYBODY = {"seller:join", "seller:open"}
"""Not of a shop: an invitation is read by whoever has its link, an application is its applicant's."""
VARIANTS = {
    "seller:orders": ["?state=all", "?state=completed", "?state=sent", "?q=王样例", "?q=0001", "?q=示例路"],
    "seller:cases": ["?state=open", "?state=closed"],
    "seller:threads": ["?state=all"],
    "seller:products": ["?state=all", "?q=米"],
}


class Shop:
    """The first seller's shop with one of everything, and all that must not be seen of it."""

    def __init__(self):
        self.world = World()
        self.addresses = [(name, place) for name in self.names() for place in self.places(name)]
        self.unsent = shop.buy(self.world.goods, owner=self.world.person("buyer"), notes={self.world.shop.pk: NOTE})
        payments.complete(attempt=self.unsent.attempts.get(), at=timezone.now())

    @staticmethod
    def names() -> list[str]:
        return [name for name in ACCESS if name.startswith("seller:") and name not in EVERYBODY]

    def places(self, name: str) -> list[str]:
        rule = ACCESS[name]
        place = rule.address(self.world) if rule.address else reverse(name)
        return [place, *(place + variant for variant in VARIANTS.get(name, []))]

    def amounts(self) -> set[str]:
        """Every sum of money somebody paid or asked for."""
        found: set[Decimal | None] = set()
        for order in Order.objects.filter(seller=self.world.shop):
            found |= {order.total_incl_tax, order.total_incl_tax - order.shipping_incl_tax}
            found |= set(order.lines.values_list("line_price_incl_tax", flat=True))
        for case in Case.objects.filter(order__seller=self.world.shop):
            found |= {case.asked, case.agreed}
        return {f"{amount:.2f}" for amount in found if amount}

    def buyer(self) -> set[str]:
        """What names or reaches the buyer."""
        person = self.world.person("buyer")
        said = {shop.HOME.name, shop.HOME.detail, "13800000001", "138 0000 0001", "138****0001", NOTE, person.nickname}
        return said - {""}

    def numbers(self, searched: set[str]) -> set[str]:
        """Numbers of all orders, if anything was searched for."""
        return set(Order.objects.values_list("number", flat=True)) if searched else set()

    def member(self, role: TeamRole, seller=None) -> Client:
        helper = User.objects.create_user(mobile=f"1390000008{len(role) % 10}", nickname="样例帮手二")
        team.join(seller=seller or self.world.shop, user=helper, role=role)
        return signed_in(helper)

    def stranger(self, whom: str) -> Client:
        """Somebody of another shop's team, or of none."""
        if whom in TeamRole:
            return self.member(TeamRole(whom), seller=self.world.other_shop)
        return Client() if whom == "anonymous" else signed_in(self.world.person(whom))


def look(client: Client, of: Shop, count: Count, forbidden: set[str], pattern: str = "(?!)") -> None:
    """Ask for every page and search what comes."""
    for name, place in of.addresses:
        answer = client.get(place)
        count.tried += 1
        count.opened += answer.status_code == 200
        assert answer.status_code < 500, f"{place} broke"
        said = text_of(answer)
        echoed = {word for word in forbidden if word in place}  # what she typed comes back; what it finds must not
        found = sorted(word for word in forbidden - echoed | of.numbers(echoed) if word in said)
        found += re.findall(pattern, said)
        count.leaks += [f"{name} {place}: {word}" for word in found]


def test_a_packer_sees_no_amount():
    of, count = Shop(), Count("packer, amounts")
    assert len(of.amounts()) >= 5

    look(of.member(TeamRole.PACKER), of, count, of.amounts(), pattern=r"[¥￥]\s?\d[\d.,]*")

    count.say()
    assert count.opened >= 10
    assert count.leaks == []


def test_a_bookkeeper_sees_no_buyer():
    of, count = Shop(), Count("bookkeeper, buyers")

    look(of.member(TeamRole.BOOKKEEPER), of, count, of.buyer())

    count.say()
    assert count.opened >= 3
    assert count.leaks == []


def test_the_owner_sees_both():
    """Otherwise the two tests above would search for what is nowhere."""
    of, count = Shop(), Count("owner, for comparison")

    look(signed_in(of.world.person("seller")), of, count, of.buyer() | of.amounts())

    seen = {leak.rpartition(": ")[2] for leak in count.leaks}
    assert {shop.HOME.name, shop.HOME.detail, NOTE} <= seen
    assert of.amounts() & seen


@pytest.mark.parametrize("role", [TeamRole.PACKER, TeamRole.BOOKKEEPER])
def test_a_member_does_nothing_her_role_does_not_know(role):
    of, count = Shop(), Count(f"{role}, where her role does not lead")
    client = of.member(role)
    shut = [(name, place) for name, place in of.addresses if needs(place) not in CAPABILITIES[role] | {None}]
    before = everything()

    for name, place in shut:
        for answer in (client.get(place), client.post(place, filled(of))):
            count.tried += 1
            count.opened += answer.status_code == 200
            count.leaks += [f"{name}: {answer.status_code}"] if answer.status_code not in {403, 404, 405} else []

    count.say()
    assert len(shut) >= 20
    assert count.leaks == []
    assert everything() == before


@pytest.mark.parametrize("whom", [*TeamRole, "buyer", "incubator", "anonymous"])
def test_somebody_of_another_shop_or_of_none_reads_and_changes_nothing(whom):
    of, count = Shop(), Count(f"{whom}, not of this shop, reading and writing")
    client = of.stranger(whom)
    before = everything()

    for name, place in [(n, p) for n, p in of.addresses if not ACCESS[n].may & {"second_seller"}]:
        for answer in (client.get(place), client.post(place, filled(of))):
            count.tried += 1
            count.opened += answer.status_code == 200
            count.leaks += [] if is_refused(answer) else [f"{name}: {answer.status_code}"]

    count.say()
    assert count.tried >= 50
    assert count.leaks == []
    assert everything() == before


def test_another_seller_finds_nothing_of_this_shop_on_pages_of_her_own():
    of, count = Shop(), Count("owner of another shop, on her own pages")
    order = Order.objects.filter(seller=of.world.shop).first()

    look(signed_in(of.world.person("second_seller")), of, count, of.buyer() | {order.number, of.world.shop.name})
    granted_by = f"seller:supply /seller/products/supply/: {of.world.shop.name}"  # who grants her goods is named to her
    count.leaks = [leak for leak in count.leaks if leak != granted_by]

    count.say()
    assert count.opened >= 15
    assert count.leaks == []


def needs(place: str) -> str | None:
    """The capability the page behind an address asks for."""
    view = resolve(place.partition("?")[0]).func
    return getattr(view, "seller_capability", None) or getattr(getattr(view, "view_class", None), "capability", None)


def filled(of: Shop) -> dict:
    """One body that is good for as many forms as possible."""
    return {
        "carrier": "zhongtong",
        "tracking_number": "73100000000017",
        "text": "示例",
        "role": "owner",
        "key": str(uuid.uuid4()),
        "closed_until": "2099-01-01",
        "reason": "示例",
        "price": "1.00",
        "stock": "1",
        "answer": "示例",
        "file": ContentFile(b"x", name="x.csv"),
    }


def test_public_addresses_are_named():
    assert {name for name in EVERYBODY if ACCESS[name].may not in (PUBLIC.may, SIGNED_IN.may)} == set()
