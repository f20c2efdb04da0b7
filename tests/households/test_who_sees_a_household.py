"""What a cooperative, a partner, staff of another county and a visitor each see of one household: by page and by export."""

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.impact import actions as impact
from incubator.income import actions as income
from marketplace.core.models import AuditEntry
from tests import deals, families, incubator

pytestmark = pytest.mark.django_db
NAME, PHONE, NUMBER = "样例户主甲乙丙", "13712345678", "230281199001011234"
ROLES = ("cooperative", "partner", "own county's staff", "another county's staff", "visitor")


@pytest.fixture
def world():
    """One household that delivers to a cooperative with people, an agreement, a shared income and a released snapshot."""
    own, buyer = incubator.person("0051"), incubator.person("0052")
    cooperative = incubator.cooperative(area=incubator.NEHE, users=[own])
    partner = incubator.partner(users=[buyer])
    first, second = incubator.staff(ending="0004"), incubator.staff(ending="0008")
    agreement = deals.signed(deals.agreement(cooperative, partner, first), first, second)
    household = families.household(cooperative, name=NAME, phone=PHONE, identity_number=NUMBER)
    day = timezone.localdate()
    shared = income.open_round(
        cooperative=cooperative, since=day, until=day, basis="declared", distributable_fen=12_345, evidence=1, by=first, at=timezone.now()
    )  # fmt: skip
    income.allocate(round=shared, weights={household.links.get().pk: 1}, retained_fen=0, by=first)
    snapshot = impact.take_snapshot(area=incubator.QIQIHAR, since=day, until=day, by=first, at=timezone.now())
    impact.release(snapshot=snapshot, by=second, at=timezone.now())
    return {
        "household": household, "cooperative": cooperative, "partner": partner, "agreement": agreement, "round": shared,
        "people": {
            "cooperative": own, "partner": buyer, "own county's staff": first,
            "another county's staff": families.reader(incubator.WUCHANG, "0053"), "visitor": None,
        },
    }  # fmt: skip


def addresses(world) -> dict[str, list[tuple[str, str]]]:
    """Pages and exports that are about the household, or about whom it belongs to."""
    household, shared = world["household"], world["round"]
    return {
        "its own": [
            ("get", household.get_absolute_url()),
            ("get", shared.get_absolute_url()),
            ("post", reverse("incubator:households:export")),
            ("post", reverse("incubator:income:round-export", args=[shared.pk])),
        ],
        "around it": [
            ("get", world["cooperative"].get_absolute_url()),
            ("get", world["partner"].get_absolute_url()),
            ("get", world["agreement"].get_absolute_url()),
            ("get", reverse("incubator:agreements:agreements")),
            ("get", reverse("incubator:agreements:export")),
            ("get", reverse("incubator:members:cooperatives")),
            ("get", reverse("incubator:income:waterfall")),
            ("get", reverse("incubator:income:waterfall-export")),
            ("get", reverse("impact:figures")),
            ("get", reverse("impact:csv")),
        ],
    }


def ask(client, person, method, address) -> tuple[int, str]:
    client.logout()
    if person is not None:
        client.force_login(person)
    answer = getattr(client, method)(address, {"purpose": "audit"} if method == "post" else {})
    return answer.status_code, read(answer)


def read(answer) -> str:
    """Everything a file or page says, a workbook's cells too."""
    if "spreadsheetml" in answer.headers.get("Content-Type", ""):
        from tests.pages_of import read_xlsx

        return str(read_xlsx(answer.content))
    return answer.content.decode("utf-8", "replace")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_without_the_permission_sees_who_it_is(client, world, role):
    household = world["household"]
    secrets = (NAME, PHONE, NUMBER, str(household.key), household.short_key, "123.45")

    for kind, asked in addresses(world).items():
        for method, address in asked:
            status, text = ask(client, world["people"][role], method, address)

            told = [secret for secret in secrets if secret in text.replace(address, "")]
            assert told == [], (role, address)
            if kind == "its own" and not (status == 200 and address == reverse("incubator:households:export")):
                # whoever may export those of her own place gets a table without this one
                assert status in {302, 404}, (role, address)


def test_whoever_may_read_it_sees_it_and_it_is_noted(client, world):
    reader = families.reader(incubator.QIQIHAR, "0054")

    pages = [ask(client, reader, method, address)[1] for method, address in addresses(world)["its own"][::2]]

    assert all(NAME in page for page in pages)
    assert set(AuditEntry.objects.filter(by=reader).values_list("action", flat=True)) == {
        "household.read",
        "household.exported",
    }


def test_the_public_page_hides_so_small_a_number(client, world):
    page = client.get(reverse("impact:figures")).content.decode()

    assert "< 10" in page.replace("&lt;", "<")
