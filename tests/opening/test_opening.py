"""Opening a shop: each kind shows its own papers, staff look, and every look is noted."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts import roles
from marketplace.accounts.models import Role
from marketplace.core.models import AuditEntry, Consent, Event, Notice
from marketplace.core.states import IllegalMove
from marketplace.opening import actions
from marketplace.opening.models import Opening, Paper
from marketplace.opening.papers import is_code, is_identity
from marketplace.partner.models import Partner
from tests import listings, shop

pytestmark = pytest.mark.django_db
OPEN = "/seller/open/"
DESK = "/dashboard/shops/"
CODE = "91110000600037341L"  # the example of the standard's own library
IDENTITY = "11010519491231002X"  # the example of the standard GB 11643


@pytest.fixture
def asker(client, django_user_model):
    user = django_user_model.objects.create_user(mobile="13900000020")
    client.force_login(user)
    return user


@pytest.fixture
def desk(django_user_model):
    user = django_user_model.objects.create_user(mobile="13900000007")
    roles.give(user=user, role=Role.REVIEWER, by=None)
    browser = Client()
    browser.force_login(user)
    return browser


def typed(of="grower", **changes):
    """An application without a mistake."""
    said = {
        "kind": of,
        "name": "样例新店",
        "person": "王样例",
        "code": "" if of == "grower" else CODE,
        "identity": IDENTITY if of in {"grower", "individual"} else "",
        "agree_identity": "on",
    }
    if of == "grower":
        said["grows_herself"] = "on"
    if of != "grower":
        said["licence_photo"] = listings.photo()
    if of in {"grower", "individual"}:
        said["identity_photo"] = listings.photo("green")
    return {name: value for name, value in (said | listings.NEHE | changes).items() if value is not None}


def errors_of(answer):
    page = BeautifulSoup(answer.content, "html.parser")
    return {mark["id"].removeprefix("id_").removesuffix("-errors") for mark in page.select("[id$=-errors]")}


class TestNumbers:
    def test_are_checked_by_their_check_digits(self):
        assert is_code(CODE) and not is_code(CODE[:-1] + "M")
        assert is_identity(IDENTITY) and not is_identity("110105194912310021")


class TestAsking:
    @pytest.mark.parametrize("kind", Partner.Kind.values)
    def test_takes_what_each_kind_needs(self, client, asker, kind):
        answer = client.post(OPEN, typed(kind))

        assert answer.status_code == 302
        opening = Opening.objects.get()
        assert (opening.state, opening.kind, opening.area) == ("waiting", kind, "230281")

    @pytest.mark.parametrize(
        ("kind", "changes", "wrong"),
        [
            ("grower", {"kind": None}, {"kind"}),
            ("grower", {"identity": "110105194912310021"}, {"identity"}),
            ("grower", {"grows_herself": None}, {"grows_herself"}),
            ("grower", {"identity_photo": None}, {"identity_photo"}),
            ("grower", {"agree_identity": None}, {"agree_identity"}),
            ("grower", {"area-2": None}, {"area"}),
            ("individual", {"code": CODE[:-1] + "M"}, {"code"}),
            ("cooperative", {"code": ""}, {"code"}),
            ("company", {"licence_photo": None}, {"licence_photo"}),
            ("company", {"name": "样例粮铺"}, {"name"}),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, asker, kind, changes, wrong):
        shop.seller()

        answer = client.post(OPEN, typed(kind, **changes))

        assert answer.status_code == 422
        assert errors_of(answer) == wrong
        assert BeautifulSoup(answer.content, "html.parser").select_one("[name=person]")["value"] == "王样例"

    def test_keeps_a_photo_though_something_else_is_wrong(self, client, asker):
        client.post(OPEN, typed(name=""))

        answer = client.post(OPEN, typed(identity_photo=None))

        assert answer.status_code == 302
        assert Paper.objects.count() == 1

    def test_refuses_a_file_that_is_no_photo(self, client, asker):
        from django.core.files.uploadedfile import SimpleUploadedFile

        answer = client.post(OPEN, typed(identity_photo=SimpleUploadedFile("a.jpg", b"<script>")))

        assert answer.status_code == 422
        assert not Paper.objects.exists()

    def test_pressed_twice_is_one_application(self, client, asker):
        for _press in range(2):
            client.post(OPEN, typed())

        assert (Opening.objects.count(), Paper.objects.count()) == (1, 1)

    def test_notes_each_consent_apart(self, client, asker):
        client.post(OPEN, typed())
        assert [consent.purpose for consent in Consent.objects.all()] == ["seller_identity"]

    def test_keeps_the_identity_number_encrypted(self, client, asker):
        from django.db import connection

        client.post(OPEN, typed())

        with connection.cursor() as cursor:
            cursor.execute("SELECT identity FROM opening_opening")
            assert IDENTITY not in cursor.fetchone()[0]
        assert Opening.objects.get().identity == IDENTITY


def answered(desk, opening, **said):
    """What the desk is told that answers on the page it has open."""
    return desk.post(f"{DESK}{opening.pk}/", {"read": Opening.objects.get(pk=opening.pk).mark} | said, follow=True)


class TestTheDesk:
    @pytest.fixture
    def opening(self, client, asker):
        client.post(OPEN, typed("individual"))
        return Opening.objects.get()

    def test_opens_the_shop_once_and_its_applicant_owns_it(self, client, desk, opening, asker):
        for _press in range(2):
            answered(desk, opening, answer="approve")

        seller = Partner.objects.get()
        assert (seller.name, seller.kind, seller.licence) == ("样例新店", "individual", CODE)
        assert Event.objects.get(name="shop_opened").payload == {"seller": seller.pk}
        assert seller.members.get().user == asker
        assert client.get("/seller/").status_code == 200
        assert Notice.objects.get().subject == "样例新店开张了"

    def test_returns_it_with_reasons_and_takes_it_again(self, client, desk, opening):
        assert answered(desk, opening, answer="return", note="").status_code == 422
        answered(desk, opening, answer="return", note="执照看不清，请重拍。")

        assert "执照看不清" in client.get(OPEN).content.decode()
        assert client.post(OPEN, typed("individual")).status_code == 302
        assert Opening.objects.get().state == "waiting"

    def test_opens_no_shop_for_words_sent_anew_meanwhile(self, client, desk, opening):
        page = BeautifulSoup(desk.get(f"{DESK}{opening.pk}/").content, "html.parser")
        read = page.select_one("[name=read]")["value"]
        answered(desk, opening, answer="return", note="执照看不清，请重拍。")
        client.post(OPEN, typed("individual"))

        refused = answered(desk, opening, answer="approve", read=read)

        assert "请重新看过再决定" in refused.content.decode()
        assert Opening.objects.get().state == "waiting" and not Partner.objects.exists()

    def test_notes_every_look_at_a_paper_and_at_the_person(self, client, desk, opening):
        paper = opening.papers.first()

        desk.get(f"{DESK}{opening.pk}/")
        shown = desk.get(reverse("dashboard:shop-paper", args=[paper.pk]))
        client.get(reverse("seller:paper", args=[paper.pk]))

        assert shown.headers["Content-Type"] == "image/webp"
        assert shown.headers["Cache-Control"] == "no-store"
        looks = AuditEntry.objects.filter(action__in=["paper.viewed", "opening.viewed"])
        assert looks.count() == 3

    def test_papers_are_nobody_elses(self, opening, django_user_model):
        stranger = Client()
        stranger.force_login(django_user_model.objects.create_user(mobile="13900000021"))
        paper = opening.papers.first()

        assert stranger.get(reverse("seller:paper", args=[paper.pk])).status_code == 404
        assert stranger.get(reverse("dashboard:shop-paper", args=[paper.pk])).status_code == 403
        assert stranger.get(f"/media/{paper.file.name}").status_code == 404

    def test_an_application_never_sent_is_its_applicants_own(self, client, desk, asker):
        client.post(OPEN, typed(name=""))
        opening = Opening.objects.get()

        assert desk.get(f"{DESK}{opening.pk}/").status_code == 404
        assert desk.get(reverse("dashboard:shop-paper", args=[opening.papers.get().pk])).status_code == 404

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_reads_in_both_languages(self, client, desk, opening, prefix):
        assert desk.get(f"{prefix}{DESK}").status_code == 200
        assert desk.get(f"{prefix}{DESK}{opening.pk}/").status_code == 200
        assert client.get(f"{prefix}{OPEN}").status_code == 200

    def test_a_name_taken_meanwhile_is_refused_in_words(self, desk, opening):
        shop.seller("样例新店")

        answer = answered(desk, opening, answer="approve")

        assert "重名" in answer.content.decode() or "已有" in answer.content.decode()
        assert Opening.objects.get().state == "waiting"


def test_papers_of_an_application_that_staff_have_stay_as_they_are(client, asker):
    client.post(OPEN, typed("individual"))
    opening = Opening.objects.get()
    papers = set(opening.papers.values_list("file", flat=True))

    with pytest.raises(IllegalMove):
        actions.keep_papers(opening=opening, papers={"licence": listings.photo()}, by=asker, at=timezone.now())

    assert set(opening.papers.values_list("file", flat=True)) == papers
