"""Registration by the public form: sent once, checked, corrected, and never a double."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from incubator.matching import actions
from incubator.matching.models import FairApplication, FairPartner, FairProduct
from marketplace.accounts import limits
from marketplace.core.models import Notice
from marketplace.core.refusal import Refusal
from tests import fairs, incubator

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def fair(staff):
    return fairs.fair(staff, state="registration", held_on=timezone.localdate() + timedelta(days=30))


def product_form(**changes):
    usual = {
        "cooperative_name": "样例合作社", "county": incubator.GANNAN, "name": "新米", "category": "grain_oil",
        "schemes": ["green"], "volume_t": "120.5", "season_from": "10", "season_to": "3", "floor_price": "6.80",
        "slots": "2", "contact": "样例联系人", "phone": "0452-1234567", "key": str(uuid4()),
    }  # fmt: skip
    return usual | changes


def partner_form(**changes):
    usual = {
        "name": "样例电商", "kind": "person", "outlets": ["douyin"], "categories": ["grain_oil"], "min_volume_t": "1",
        "season_from": "1", "season_to": "12", "price_from": "6", "price_to": "9", "commission_percent": "8",
        "slots": "3", "contact": "样例联系人", "phone": "13900000000", "key": str(uuid4()),
    }  # fmt: skip
    return usual | changes


def send(client, fair, form, side="products"):
    return client.post(reverse("incubator:fairs:apply", args=[fair.pk, side]), form, follow=True)


def decide(client, application, **form):
    said = {"read": FairApplication.objects.get(pk=application.pk).mark} | form
    return client.post(reverse("incubator:fairs:decide-application", args=[application.pk]), said, follow=True)


class TestAnybody:
    def test_registers_goods_and_becomes_part_of_the_fair_once_staff_accept(self, client, fair, staff):
        page = send(client, fair, product_form()).content.decode()
        waiting = FairApplication.objects.get()
        assert "审核中" in page and not fair.products.exists()

        client.force_login(staff)
        decide(client, waiting, decision="accept")

        entry = fair.products.get()
        assert (entry.name, entry.volume_t, entry.floor_price, entry.schemes) == (
            "新米",
            Decimal("120.5"),
            Decimal("6.80"),
            ["green"],
        )
        waiting.refresh_from_db()
        assert (waiting.state, waiting.product, waiting.decided_by) == ("accepted", entry, staff)
        assert entry.code in client.get(waiting.get_absolute_url()).content.decode()

    def test_registers_as_a_partner(self, client, fair, staff):
        send(client, fair, partner_form(), "partners")

        actions.accept_application(
            application=FairApplication.objects.get(), member=None, over=None, by=staff, at=timezone.now()
        )

        assert (fair.partners.get().outlets, fair.partners.get().slots) == (["douyin"], 3)

    @BOTH
    def test_finds_the_form_of_the_other_side(self, client, fair, prefix):
        one, other = (
            prefix + reverse("incubator:fairs:apply", args=[fair.pk, side]) for side in ("products", "partners")
        )

        page = client.get(one).content.decode()

        assert f'href="{other}"' in page and client.get(other).status_code == 200

    def test_sends_it_once_however_often_she_presses(self, client, fair):
        form = product_form()

        for _press in range(2):
            send(client, fair, form)

        assert FairApplication.objects.count() == 1

    @pytest.mark.parametrize(
        ("side", "form", "wrong"),
        [
            ("products", product_form(volume_t="0"), "volume_t"),
            ("products", product_form(volume_t="很多"), "volume_t"),
            ("products", product_form(floor_price="-1"), "floor_price"),
            ("products", product_form(slots="0"), "slots"),
            ("products", product_form(county=incubator.WUCHANG), "county"),
            ("products", product_form(phone="abc"), "phone"),
            ("partners", partner_form(price_from="10"), "price_to"),
            ("partners", partner_form(commission_percent="100"), "commission_percent"),
            ("partners", partner_form(outlets=[]), "outlets"),
        ],
    )
    def test_is_told_what_is_wrong_and_loses_nothing(self, client, fair, side, form, wrong):
        page = send(client, fair, form, side)

        assert list(page.context["form"].errors) == [wrong] and not FairApplication.objects.exists()
        assert 'value="样例联系人"' in page.content.decode()

    @pytest.mark.parametrize("state", ["matched", "meeting", "closed"])
    def test_cannot_register_once_it_is_closed(self, client, fair, state):
        type(fair).objects.filter(pk=fair.pk).update(state=state)

        page = send(client, fair, product_form()).content.decode()

        assert "报名已结束" in page and not FairApplication.objects.exists()

    def test_finds_nothing_of_a_fair_that_is_only_planned(self, client, staff):
        planned = fairs.fair(staff)

        assert client.get(reverse("incubator:fairs:apply", args=[planned.pk, "products"])).status_code == 404

    def test_is_stopped_after_many_forms_in_an_hour(self, client, fair, monkeypatch):
        monkeypatch.setattr(
            actions.applications, "FROM_ONE_PHONE", actions.applications.limits.Limit("p", 1, timedelta(hours=1))
        )
        send(client, fair, product_form())

        page = send(client, fair, product_form(name="另一种")).content.decode()

        assert "60 分钟" in page and FairApplication.objects.count() == 1

    @BOTH
    def test_sees_the_open_fairs_and_both_forms(self, client, fair, prefix):
        for address in (
            reverse("incubator:fairs:open"),
            reverse("incubator:fairs:apply", args=[fair.pk, "products"]),
            reverse("incubator:fairs:apply", args=[fair.pk, "partners"]),
        ):
            assert client.get(prefix + address).status_code == 200


class TestStaff:
    @pytest.fixture
    def waiting(self, client, fair):
        buyer = incubator.person("0055")
        client.force_login(buyer)
        send(client, fair, product_form())
        client.logout()
        return FairApplication.objects.get()

    def test_return_it_with_words_and_she_corrects_it(self, client, fair, staff, waiting):
        client.force_login(staff)
        refused = decide(client, waiting, decision="return", words="").content.decode()
        decide(client, waiting, decision="return", words="请写明等级")
        client.logout()

        page = client.get(waiting.get_absolute_url()).content.decode()
        client.post(waiting.get_absolute_url(), product_form(name="一级新米"))

        waiting.refresh_from_db()
        assert "修改" in refused and "请写明等级" in page and 'value="新米"' in page
        assert (waiting.state, waiting.values["name"]) == ("waiting", "一级新米")
        assert Notice.objects.filter(user=waiting.user).count() == 1

    def test_accept_nothing_that_was_corrected_after_they_read_it(self, client, fair, staff, waiting):
        read = waiting.mark
        client.post(waiting.get_absolute_url(), product_form(name="没人看过的货"))
        client.force_login(staff)

        refused = decide(client, waiting, decision="accept", read=read)

        assert "请重新看过再决定" in refused.content.decode() and f'value="{read}"' not in refused.content.decode()
        assert not fair.products.exists()

    def test_decide_once(self, staff, waiting):
        decided = {"application": waiting, "by": staff, "at": timezone.now()}
        actions.accept_application(member=None, over=None, **decided)

        for verb, more in (
            (actions.accept_application, {"member": None, "over": None}),
            (actions.return_application, {"words": "x"}),
        ):
            with pytest.raises(Refusal):
                verb(**decided, **more)
        assert FairProduct.objects.count() == 1

    def test_find_the_double_and_change_it_instead(self, client, fair, staff, waiting):
        known = fairs.product(fair, "P7", name="新米", cooperative_name="样例 合作社")
        member = incubator.cooperative("样例专业合作社")
        client.force_login(staff)

        page = client.get(reverse("incubator:fairs:check-application", args=[waiting.pk])).content.decode()
        decide(client, waiting, decision="accept", over=known.pk, member=member.pk)

        known.refresh_from_db()
        assert "P7" in page and member.code in page
        assert fair.products.count() == 1 and (known.volume_t, known.cooperative) == (Decimal("120.5"), member)

    def test_accept_a_second_form_over_the_entry_the_first_became(self, client, fair, staff, waiting):
        actions.accept_application(application=waiting, member=None, over=None, by=staff, at=timezone.now())
        send(client, fair, product_form(volume_t="80"))
        second = FairApplication.objects.exclude(pk=waiting.pk).get()
        client.force_login(staff)

        decide(client, second, decision="accept", over=fair.products.get().pk)

        entry = fair.products.get()
        assert entry.volume_t == Decimal("80")
        assert set(entry.applications.all()) == {waiting, second}

    def test_see_another_form_of_the_same_name_that_waits(self, client, fair, staff, waiting):
        send(client, fair, product_form(cooperative_name="样例（合作社）"))
        client.force_login(staff)

        page = client.get(reverse("incubator:fairs:check-application", args=[waiting.pk])).content.decode()

        assert "同名报名待审核" in page

    def test_of_another_county_find_nothing(self, client, fair, waiting):
        client.force_login(incubator.staff(incubator.WUCHANG, "0088"))

        assert client.get(reverse("incubator:fairs:applications", args=[fair.pk])).status_code == 404
        assert client.get(reverse("incubator:fairs:check-application", args=[waiting.pk])).status_code == 404

    def test_see_what_waits_and_what_does_not(self, client, fair, staff, waiting):
        client.force_login(staff)
        address = reverse("incubator:fairs:applications", args=[fair.pk])

        assert waiting.name in client.get(address).content.decode()
        assert waiting.name not in client.get(f"{address}?state=accepted").content.decode()

    def test_cannot_accept_once_the_fair_has_met(self, staff, fair, waiting):
        type(fair).objects.filter(pk=fair.pk).update(state="meeting")

        with pytest.raises(Refusal):
            actions.accept_application(application=waiting, member=None, over=None, by=staff, at=timezone.now())
        assert not FairPartner.objects.exists() and not FairProduct.objects.exists()


def test_a_withdrawn_registration_is_over(client, fair):
    send(client, fair, product_form())
    waiting = FairApplication.objects.get()

    client.post(waiting.get_absolute_url(), {"withdraw": "1"})

    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


def came(fair, user=None, **fields):
    """A form that was sent."""
    values = {"side": "products", "name": "样例", "contact": "样例", "phone": "1", "values": {}}
    return FairApplication.objects.create(fair=fair, user=user, sent_at=timezone.now(), **values | fields)


class TestStrangers:
    def test_of_one_network_are_counted_together(self, client, fair, monkeypatch):
        monkeypatch.setattr(
            "incubator.matching.actions.applications.FROM_ONE_NETWORK", limits.Limit("n", 2, timedelta(days=1))
        )

        for number in range(3):
            form = product_form(phone=f"139000000{number}0")
            client.post(
                reverse("incubator:fairs:apply", args=[fair.pk, "products"]), form, REMOTE_ADDR=f"203.0.113.{number}"
            )
        form = product_form(phone="13900000090")
        client.post(reverse("incubator:fairs:apply", args=[fair.pk, "products"]), form, REMOTE_ADDR="198.51.100.1")

        assert fair.applications.count() == 3

    def test_never_keep_out_who_has_signed_in(self, client, fair, monkeypatch):
        rules = "incubator.matching.actions.applications"
        monkeypatch.setattr(f"{rules}.MOST_WAITING", 1)
        for name in ("VISITOR", "NETWORK", "PHONE"):
            monkeypatch.setattr(f"{rules}.FROM_ONE_{name}", limits.Limit(name, 1, timedelta(days=1)))
        send(client, fair, product_form())

        turned_away = send(client, fair, product_form()).content.decode()
        client.force_login(incubator.person())
        send(client, fair, product_form())

        assert "请登录后报名" in turned_away and fair.applications.count() == 2

    def test_are_not_kept_out_by_who_has_signed_in(self, client, fair, monkeypatch):
        rules = "incubator.matching.actions.applications"
        for name in ("VISITOR", "PERSON"):
            monkeypatch.setattr(f"{rules}.FROM_ONE_{name}", limits.Limit(name, 1, timedelta(days=1)))
        client.force_login(incubator.person())
        for _again in range(2):
            send(client, fair, product_form())
        assert fair.applications.count() == 1

        client.logout()
        send(client, fair, product_form())

        assert fair.applications.count() == 2


def test_backwards_an_entry_keeps_the_form_accepted_last(fair, staff):
    entry = fairs.product(fair)
    at = timezone.now()
    first, last = (
        came(fair, state="accepted", product=entry, decided_by=staff, decided_at=at + timedelta(hours=n))
        for n in (0, 1)
    )

    import_module("incubator.matching.migrations.0005_backwards_one_form_of_an_entry").one_form_each(apps, None)

    assert list(FairApplication.objects.filter(product=entry)) == [last] and FairApplication.objects.count() == 2
