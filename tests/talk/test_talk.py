"""Questions everybody reads, and messages only two read."""

import uuid
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.core.models import Notice
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.talk import actions
from marketplace.talk.models import Message, MessagePhoto, Question, Side, Thread
from tests import shop
from tests.cases import an_order, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def good():
    return shop.product(shop.seller("样例粮铺", fee="6.00"))


@pytest.fixture
def buyer(client, django_user_model):
    user = django_user_model.objects.create_user(mobile="13900000601", nickname="示例买家")
    client.force_login(user)
    return user


@pytest.fixture
def enter(client, django_user_model):
    def go(seller, role=TeamRole.OWNER):
        user = django_user_model.objects.create_user(mobile=f"1390001{django_user_model.objects.count():04}")
        team.join(seller=seller, user=user, role=role)
        client.force_login(user)
        return client

    return go


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def ask(good, by, text="甜吗"):
    return actions.ask(product=good, text=text, by=by, at=timezone.now())


def write(good, by, text="您好", **more):
    thread = actions.about_product(good, by, timezone.now())
    told = {"side": Side.BUYER, "text": text, "key": uuid.uuid4(), "by": by, "at": timezone.now()} | more
    return actions.send(thread=thread, **told)


class TestQuestions:
    def test_stand_on_the_page_once_answered_as_text_and_masked(self, client, good, buyer):
        where = reverse("catalogue:questions", args=[good.pk])
        client.post(where, {"text": "<script>alert(1)</script> 打 13800000001"})
        assert "script&gt;" not in client.get(good.get_absolute_url()).content.decode()

        actions.answer(question=Question.objects.get(), text="<b>好</b>", by=None, at=timezone.now())

        for address in (where, good.get_absolute_url()):
            page = client.get(address).content.decode()
            assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
            assert "138****0001" in page and "&lt;b&gt;好" in page and "示例买家" not in page

    def test_asked_twice_are_asked_once(self, client, good, buyer):
        for _time in range(2):
            client.post(reverse("catalogue:questions", args=[good.pk]), {"text": "甜吗"})

        assert Question.objects.count() == 1

    def test_wait_five_at_a_time(self, client, good, buyer):
        for n in range(5):
            ask(good, buyer, f"问题 {n}")

        answer = client.post(reverse("catalogue:questions", args=[good.pk]), {"text": "再问"})

        assert page_of(answer).select(".field__error") and Question.objects.count() == 5

    @pytest.mark.parametrize("text", ["", " ", "a" * 201])
    def test_say_something_within_200_signs(self, client, good, buyer, text):
        answer = client.post(reverse("catalogue:questions", args=[good.pk]), {"text": text})

        assert page_of(answer).select(".field__error") and not Question.objects.exists()

    def test_are_asked_by_people_who_signed_in(self, client, good):
        answer = client.post(reverse("catalogue:questions", args=[good.pk]), {"text": "甜吗"})

        assert answer.status_code == 302 and not Question.objects.exists()

    def test_are_answered_by_the_shop_once(self, good, buyer, enter):
        question = ask(good, buyer)
        client = enter(good.seller)
        assert "甜吗" in client.get(reverse("seller:questions")).content.decode()

        for text in ("甜", "很甜"):
            client.post(reverse("seller:answer", args=[question.pk]), {"text": text})

        assert Question.objects.get().answer == "甜"

    @pytest.mark.parametrize("role", TeamRole.values)
    def test_are_not_answered_by_another_shop(self, good, buyer, enter, role):
        question = ask(good, buyer)

        answer = enter(shop.seller("别家样例店"), role).post(
            reverse("seller:answer", args=[question.pk]), {"text": "x"}
        )

        assert answer.status_code == (403 if role == TeamRole.BOOKKEEPER else 404)
        assert not Question.objects.get().answer

    def test_are_hidden_by_staff_with_a_reason(self, client, good, buyer, django_user_model):
        question = ask(good, buyer)
        actions.answer(question=question, text="甜", by=None, at=timezone.now())
        client.force_login(django_user_model.objects.create_superuser(mobile="13900009999"))

        client.post(reverse("dashboard:question-hide", args=[question.pk]), {"reason": ""})
        assert "甜吗" in client.get(good.get_absolute_url()).content.decode()
        client.post(reverse("dashboard:question-hide", args=[question.pk]), {"reason": "广告"})

        assert "甜吗" not in client.get(good.get_absolute_url()).content.decode()

    def test_cost_a_product_page_no_more_for_ten_than_for_one(self, client, good, buyer):
        counts = []
        for numbers in (range(1), range(1, 10)):
            for n in numbers:
                actions.answer(question=ask(good, buyer, f"问题 {n}"), text="是", by=None, at=timezone.now())
            for address in (good.get_absolute_url(), reverse("catalogue:questions", args=[good.pk])):
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                counts.append(len(queries))

        assert counts[:2] == counts[2:]


class TestMessages:
    def test_go_both_ways_in_one_thread_with_pictures(self, client, good, buyer, enter):
        where = reverse("customer:about-product", args=[good.pk])
        assert client.get(where).status_code == 200
        client.post(where, {"text": "几斤一袋", "photos": [SimpleUploadedFile("a.webp", photo().read())]})
        thread = Thread.objects.get()
        assert client.get(where).url == thread.get_absolute_url()
        shown = page_of(client.get(thread.get_absolute_url())).select_one(".talk__pics a")["href"]
        assert client.get(shown).headers["Content-Type"] == "image/webp"

        shop_side = enter(good.seller, TeamRole.PACKER)
        assert "几斤一袋" in shop_side.get(reverse("seller:threads")).content.decode()
        shop_side.post(reverse("seller:thread", args=[thread.pk]), {"text": "10 斤，打 138 0000 0001"})

        client.force_login(buyer)
        assert "138****0001" in client.get(thread.get_absolute_url()).content.decode()
        assert "10 斤" in client.get(reverse("customer:threads")).content.decode()

    def test_about_an_order_stand_in_a_thread_of_their_own(self, client, buyer):
        order = an_order(owner=buyer)

        client.post(reverse("customer:about-order", args=[order.number]), {"text": "到哪了"})

        thread = Thread.objects.get()
        assert (thread.order, thread.seller, thread.last_text) == (order, order.seller, "到哪了")

    def test_pressed_twice_are_sent_once(self, client, good, buyer):
        key = str(uuid.uuid4())
        for _time in range(2):
            client.post(reverse("customer:about-product", args=[good.pk]), {"text": "您好", "key": key})

        assert Message.objects.count() == 1

    @pytest.mark.parametrize("text", ["", " ", "a" * 501])
    def test_say_something(self, client, good, buyer, text):
        answer = client.post(reverse("customer:about-product", args=[good.pk]), {"text": text})

        assert page_of(answer).select(".field__error") and not Thread.objects.exists()

    def test_show_script_as_text(self, client, good, buyer):
        thread = write(good, buyer, "<script>alert(1)</script>").thread

        page = client.get(thread.get_absolute_url()).content.decode()

        assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page

    def test_another_buyer_reads_and_writes_nothing(self, client, good, buyer, django_user_model):
        thread = write(good, buyer, photos=[photo()]).thread
        order = an_order(owner=buyer)
        client.force_login(django_user_model.objects.create_user(mobile="13900000602"))
        where = thread.get_absolute_url()

        answers = [
            client.get(where),
            client.post(where, {"text": "x"}),
            client.get(reverse("customer:thread-photo", args=[thread.pk, MessagePhoto.objects.get().pk])),
            client.get(reverse("customer:about-order", args=[order.number])),
            client.post(reverse("customer:about-order", args=[order.number]), {"text": "x"}),
        ]

        assert {answer.status_code for answer in answers} == {404} and Message.objects.count() == 1

    @pytest.mark.parametrize("role", TeamRole.values)
    def test_another_seller_reads_and_writes_nothing(self, good, buyer, enter, role):
        thread = write(good, buyer, photos=[photo()]).thread
        client = enter(shop.seller("别家样例店"), role)
        where = reverse("seller:thread", args=[thread.pk])

        answers = [
            client.get(where),
            client.post(where, {"text": "x"}),
            client.get(reverse("seller:thread-photo", args=[thread.pk, MessagePhoto.objects.get().pk])),
        ]

        expected = 403 if role == TeamRole.BOOKKEEPER else 404
        assert {answer.status_code for answer in answers} == {expected} and Message.objects.count() == 1

    def test_a_picture_is_found_in_its_own_thread_only(self, client, good, buyer, django_user_model):
        stranger = django_user_model.objects.create_user(mobile="13900000603")
        strange, mine = write(good, stranger, photos=[photo()]), write(good, buyer).thread

        where = reverse("customer:thread-photo", args=[mine.pk, strange.photos.get().pk])

        assert client.get(where).status_code == 404

    @pytest.mark.parametrize("name", ["seller:threads", "seller:questions", "seller:home"])
    def test_a_list_asks_the_database_as_often_for_ten_as_for_one(self, good, enter, django_user_model, name):
        client, counts = enter(good.seller), []
        for numbers in (range(1), range(1, 10)):
            for n in numbers:
                user = django_user_model.objects.create_user(mobile=f"1391000{n:04}")
                write(good, user)
                ask(good, user)
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name))
            counts.append(len(queries))

        assert counts[0] == counts[1] <= 15

    def test_wait_at_home_until_they_are_answered(self, good, buyer, enter):
        thread = write(good, buyer).thread
        client = enter(good.seller)
        assert self.waiting(client) == ["1"]

        client.post(reverse("seller:thread", args=[thread.pk]), {"text": "在"})

        assert self.waiting(client) == []

    def waiting(self, client):
        """The numbers of things to answer on the seller's front page; her goods that run out have an icon."""
        return [number.text for number in page_of(client.get("/seller/")).select(".todo__n") if number.text.strip()]


@pytest.mark.django_db(transaction=True)
def test_each_side_is_told_once_and_a_key_sends_once(django_user_model):
    good = shop.product(shop.seller("样例粮铺"))
    buyer, owner = (django_user_model.objects.create_user(mobile=f"1390000070{n}") for n in range(2))
    team.join(seller=good.seller, user=owner, role=TeamRole.OWNER)
    told = {"side": Side.SELLER, "text": "在", "key": uuid.uuid4(), "by": owner, "at": timezone.now()}
    thread = write(good, buyer).thread

    shop.at_once([partial(actions.send, thread=thread, **told) for _n in range(8)], workers=8)

    assert Message.objects.count() == 2
    heard = Notice.objects.filter(cause__startswith="message:").values_list("user", flat=True)
    assert sorted(heard) == sorted([owner.pk, buyer.pk])
