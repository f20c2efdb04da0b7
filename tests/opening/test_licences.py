"""Papers that end: reminders before, goods off sale after, and back when the new paper is approved."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import timezone

from marketplace.catalogue.models import Certificate, Listing
from marketplace.checkout import actions as checkout
from marketplace.core.models import AuditEntry, Notice
from marketplace.core.states import IllegalMove
from marketplace.offering.models import FoodLabel
from marketplace.opening import home, renewing
from marketplace.opening.licences import Licence
from marketplace.opening.tasks import turn_papers
from marketplace.opening.views import handed_out
from tests import listings, shop

pytestmark = pytest.mark.django_db
PAPERS, STAFF = "/seller/papers/", "/dashboard/shops/licences/"
END = date(2027, 3, 31)


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model, of=shop.seller(kind="company"))


def paper(seller, kind="licence", until=END, approved=True):
    file = ContentFile(listings.photo().read(), "paper.webp")
    sent = renewing.renew(seller=seller, kind=kind, file=file, valid_until=until, by=None, at=timezone.now())
    return renewing.approve(licence=sent, by=None, at=timezone.now()) if approved else sent


def on(days_before_end):
    """At noon of so many days before the paper ends."""
    day = END - timedelta(days=days_before_end)
    return time_machine.travel(f"{day.isoformat()}T12:00:00+08:00", tick=False)


def live(good):
    return Listing.objects.get(pk=good.pk).is_live


class TestReminders:
    def test_come_once_30_7_and_1_days_before_and_when_it_is_over(self, seller):
        with on(100):
            paper(seller)
        told = []
        for days in (60, 31, 30, 29, 8, 7, 2, 1, 0, -1, -2):
            with on(days):
                before = Notice.objects.count()
                turn_papers.call()
                turn_papers.call()
                told.append((days, Notice.objects.count() - before))

        assert [days for days, number in told if number] == [30, 7, 1, -1]
        assert {number for _days, number in told} == {0, 1}

    def test_come_late_rather_than_not_at_all(self, seller):
        with on(100):
            paper(seller)

        with on(5):
            turn_papers.call()

        assert Notice.objects.filter(cause__endswith=":7").count() == 1

    def test_do_not_come_for_a_paper_that_was_followed_or_waits_with_staff(self, seller):
        with on(100):
            paper(seller)
            paper(seller, until=END + timedelta(days=400), approved=False)
        with on(30):
            turn_papers.call()
            assert not Notice.objects.filter(cause__endswith=":30").exists()
            renewing.approve(licence=Licence.objects.waiting().get(), by=None, at=timezone.now())
        with on(1):
            turn_papers.call()

        assert not Notice.objects.filter(cause__endswith=":1").exists()

    def test_speak_of_certificates_too(self, seller):
        Certificate.objects.create(
            seller=seller, kind="green", number="G1", valid_from=date(2026, 1, 1), valid_until=END, checked_on=END
        )

        with on(7):
            turn_papers.call()

        assert "绿色食品" in Notice.objects.get().subject


class TestAPaperThatIsOver:
    def test_takes_goods_off_sale_until_its_successor_is_approved(self, client, seller):
        good = shop.product(seller)
        with on(100):
            paper(seller)
        shop.country()
        with on(0):
            turn_papers.call()
            assert live(good)
        form = shop.order_form(shop.basket(good))
        with on(-1):
            turn_papers.call()
            assert not live(good)
            assert 'action="/basket/add/"' not in client.get(good.get_absolute_url()).content.decode()
            with pytest.raises(checkout.LookAgain):
                checkout.place_purchase(**form)
            renewed = paper(seller, until=END + timedelta(days=365), approved=False)
            assert not live(good)
            renewing.approve(licence=renewed, by=None, at=timezone.now())
            assert live(good)
        assert AuditEntry.objects.filter(action="product.papers_over").count() == 1

    def test_of_food_hides_prepacked_food_only(self, seller):
        loose, packed = shop.product(seller, "散装米"), shop.product(seller, "袋装米")
        FoodLabel.objects.create(
            product=packed, ingredients="大米", standard="GB/T 1354", licence_number="SC1", maker="样例"
        )
        with on(100):
            paper(seller, "food")

        with on(-1):
            turn_papers.call()

        assert (live(loose), live(packed)) == (True, False)

    def test_of_a_sole_grower_or_another_shop_hides_nothing(self, seller, django_user_model):
        grower, other = shop.seller("样例农家", kind="grower"), shop.seller("别家样例店", kind="company")
        goods = [shop.product(grower), shop.product(other)]
        with on(100):
            paper(grower)
            paper(seller)

        with on(-1):
            turn_papers.call()

        assert all(map(live, goods))

    def test_is_said_on_the_sellers_front_page(self, client, seller):
        with on(100):
            paper(seller)
        member = seller.members.get()
        with on(31):
            assert home.papers_to_renew(member) == []
        with on(20):
            assert not home.papers_to_renew(member)[0].is_late
        with on(-1):
            assert home.papers_to_renew(member)[0].is_late
            client.force_login(member.user)  # her session ended on the way here
            assert "已过期" in client.get("/seller/").content.decode()


class TestRenewing:
    def post(self, client, **changes):
        return client.post(
            PAPERS, {"kind": "licence", "photo": listings.photo(), "valid_until": "2027-12-31"} | changes
        )

    def test_goes_from_the_phone_to_staff_and_back(self, client, seller, admin_client):
        self.post(client)
        licence = Licence.objects.get()
        assert seller.name in admin_client.get(STAFF).content.decode()

        admin_client.post(f"{STAFF}{licence.pk}/", {"answer": "return", "note": "照片看不清"})
        assert "照片看不清" in client.get(PAPERS).content.decode()
        self.post(client)
        admin_client.post(f"{STAFF}{Licence.objects.waiting().get().pk}/", {"answer": "approve"})

        assert Licence.objects.approved().get().valid_until == date(2027, 12, 31)
        with pytest.raises(IllegalMove):
            renewing.approve(licence=Licence.objects.approved().get(), by=None, at=timezone.now())

    def test_twice_leaves_one_that_waits(self, client, seller):
        self.post(client)
        self.post(client, photo=listings.photo(), valid_until="")

        assert Licence.objects.get().valid_until is None

    @pytest.mark.parametrize(
        "changes", [{"photo": ""}, {"photo": ContentFile(b"no picture", "a.jpg")}, {"valid_until": "2020-01-01"}]
    )
    def test_says_what_is_wrong(self, client, seller, changes):
        answer = self.post(client, **changes)

        assert (answer.status_code, Licence.objects.exists()) == (422, False)
        assert BeautifulSoup(answer.content, "html.parser").select(".field__error")

    def test_shows_a_paper_to_its_shop_and_notes_the_look(self, client, seller):
        own, others = paper(seller), paper(shop.seller("别家样例店"))

        assert client.get(f"{PAPERS}{own.pk}/").status_code == 200
        assert client.get(f"{PAPERS}{others.pk}/").status_code == 404
        assert AuditEntry.objects.filter(action="paper.viewed").count() == 1

    def test_tells_the_shop_when_staff_looked_and_not_that_she_did_herself(self, client, seller, django_user_model):
        own = paper(seller)
        client.get(f"{PAPERS}{own.pk}/")
        AuditEntry.objects.update(by=None)  # whoever looked has gone since
        assert "平台工作人员还没有查看过" in client.get(PAPERS).content.decode()

        for _look in range(2):
            handed_out(own, django_user_model.objects.create_superuser(mobile=f"1390000990{_look}"))

        assert "平台工作人员查看过 2 次" in client.get(PAPERS).content.decode()
