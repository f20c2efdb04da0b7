"""Reviews: who may write one, what becomes of it, and who sees it."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.reviews import actions, board
from marketplace.reviews.models import Review, Score
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop
from tests.cases import an_order, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client, django_user_model):
    user = django_user_model.objects.create_user(mobile="13900000501", nickname="示例买家")
    client.force_login(user)
    return user


def write(order, *, score=5, text="米香", line=0, by=None, photos=()):
    return actions.write(
        line=order.lines.order_by("id")[line],
        product_score=score,
        seller_score=4,
        text=text,
        photos=photos,
        by=by or order.user,
        at=timezone.now(),
    )


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def send(client, order, **typed):
    line = order.lines.order_by("id")[0]
    said = {"line": line.pk, "product_score": 5, "seller_score": 4, "text": "米香"}
    return client.post(reverse("customer:review", args=[order.number]), said | typed)


class TestWriting:
    def test_stores_scores_words_and_photos_apart(self, client, buyer):
        order = an_order(owner=buyer, received=True)

        send(client, order, photos=[SimpleUploadedFile("a.webp", photo().read())])

        review = Review.objects.get()
        assert (review.product_score, review.seller_score, review.text) == (5, 4, "米香")
        assert len(review.photos) == 1 and review.pictures[0]["small"].endswith("-400.webp")

    @pytest.mark.parametrize("received", [False, True])
    def test_waits_for_receipt(self, client, buyer, received):
        order = an_order(owner=buyer, received=received)

        answer = send(client, order)

        assert answer.status_code == (302 if received else 404)
        assert Review.objects.exists() == received

    def test_is_refused_by_the_verb_too(self, buyer, django_user_model):
        waiting, received = an_order(owner=buyer), an_order(owner=buyer, received=True)
        stranger = django_user_model.objects.create_user(mobile="13900000502")

        for attempt in (partial(write, waiting), partial(write, received, by=stranger)):
            with pytest.raises(actions.ReviewRefused):
                attempt()

    def test_twice_is_once(self, client, buyer):
        order = an_order(owner=buyer, received=True)

        for _time in range(2):
            send(client, order)

        assert Review.objects.count() == 1 and Score.objects.get().count == 1

    @pytest.mark.parametrize(
        "typed",
        [
            {"product_score": 6},
            {"product_score": ""},
            {"seller_score": "x"},
            {"text": "a" * 501},
            {"photos": [SimpleUploadedFile("a.jpg", b"<script>")]},
        ],
        ids=["six", "none", "a letter", "too long", "no photo"],
    )
    def test_says_what_is_wrong(self, client, buyer, typed):
        answer = send(client, an_order(owner=buyer, received=True), **typed)

        assert page_of(answer).select(".field__error") and not Review.objects.exists()

    def test_asks_for_stars_as_people_do(self, client, buyer):
        answer = send(client, an_order(owner=buyer, received=True), product_score="")

        assert page_of(answer).select_one(".field__error").get_text(strip=True) == "请选择星级"

    def test_knows_no_line_of_another_order(self, client, buyer):
        order, other = an_order(owner=buyer, received=True), an_order(owner=buyer, received=True)

        assert send(client, order, line=other.lines.first().pk).status_code == 404
        assert not Review.objects.exists()


class TestTheProductPage:
    def test_shows_script_as_text_and_masks_numbers(self, client, buyer):
        order = an_order(owner=buyer, received=True)
        review = write(order, text="<script>alert(1)</script> 打 13800000001")

        page = client.get(review.product.get_absolute_url()).content.decode()

        assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
        assert "138****0001" in page and "示例买家" not in page and "示**" in page

    def test_shows_average_and_count(self, client, buyer):
        of = shop.seller("样例粮铺", fee="8.00")
        first = an_order(of=of, owner=buyer, received=True)
        review = write(first, score=5)
        again = shop.buy(review.product, owner=buyer, payment_method="cash").orders.get()
        again.lines.update(product=review.product)
        again.status = "completed"
        again.save()
        write(again, score=4)

        review.product.refresh_from_db()  # it came with the score of the first review
        assert str(board.standing_of(review.product).average) == "4.5"
        assert "4.5" in page_of(client.get(review.product.get_absolute_url())).select_one(".rv__avg").text

    def test_asks_the_database_little_and_no_more_for_ten(self, client, buyer):
        product, counts = None, []
        for more in (1, 9):
            for _time in range(more):
                order = an_order(owner=buyer, received=True)
                review = write(order)
                product = product or review.product
            Review.objects.update(product=product)
            actions.count_again(product)
            client.logout()
            with CaptureQueriesContext(connection) as queries:
                client.get(product.get_absolute_url())
            counts.append(len(queries))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("catalogue:reviews", args=[product.pk]))
            counts.append(len(queries))

        assert counts[:2] == counts[2:] and counts[0] <= 12

    def test_lists_ten_a_page(self, client, buyer):
        review = write(an_order(owner=buyer, received=True))
        for _time in range(11):
            write(an_order(owner=buyer, received=True))
        Review.objects.update(product=review.product)
        where = reverse("catalogue:reviews", args=[review.product_id])

        assert [len(page_of(client.get(where, {"page": n})).select(".rv")) for n in (1, 2)] == [10, 2]


class TestAnswers:
    @pytest.fixture
    def review(self, buyer):
        return write(an_order(owner=buyer, received=True))

    def owner(self, client, django_user_model, seller, role=TeamRole.OWNER):
        user = django_user_model.objects.create_user(mobile="13900000503")
        team.join(seller=seller, user=user, role=role)
        client.force_login(user)

    def test_the_shop_answers_once(self, client, django_user_model, review):
        self.owner(client, django_user_model, review.seller)
        assert "米香" in client.get(reverse("seller:reviews")).content.decode()

        for text in ("谢谢", "再谢"):
            client.post(reverse("seller:review-reply", args=[review.pk]), {"text": text})

        assert Review.objects.get().reply == "谢谢"

    def test_the_buyer_adds_once(self, client, review):
        for text in ("煮粥也好", "再说一句"):
            client.post(reverse("customer:review-more", args=[review.pk]), {"text": text})

        assert Review.objects.get().follow_up == "煮粥也好"

    @pytest.mark.parametrize("role", TeamRole.values)
    def test_another_seller_answers_nothing(self, client, django_user_model, review, role):
        self.owner(client, django_user_model, shop.seller("别家样例店"), role)

        answer = client.post(reverse("seller:review-reply", args=[review.pk]), {"text": "x"})

        assert answer.status_code == (403 if role == TeamRole.BOOKKEEPER else 404)
        assert not Review.objects.get().reply

    def test_another_buyer_adds_and_reads_nothing(self, client, django_user_model, review):
        client.force_login(django_user_model.objects.create_user(mobile="13900000504"))

        answers = [
            client.post(reverse("customer:review-more", args=[review.pk]), {"text": "x"}),
            client.get(reverse("customer:review", args=[review.line.order.number])),
        ]

        assert [answer.status_code for answer in answers] == [404, 404] and not Review.objects.get().follow_up


class TestModeration:
    @pytest.fixture
    def operator(self, django_user_model):
        from django.test import Client

        browser = Client()
        browser.force_login(django_user_model.objects.create_superuser(mobile="13900009999"))
        return browser

    def test_hides_with_a_reason_and_counts_no_more(self, client, buyer, operator):
        review = write(an_order(owner=buyer, received=True))

        operator.post(reverse("dashboard:review-hide", args=[review.pk]), {"reason": ""})
        assert Score.objects.get().count == 1
        operator.post(reverse("dashboard:review-hide", args=[review.pk]), {"reason": "辱骂"})

        assert Score.objects.get().count == 0
        assert "米香" not in client.get(review.product.get_absolute_url()).content.decode()
        own = client.get(reverse("customer:review", args=[review.line.order.number])).content.decode()
        assert "辱骂" in own and "米香" in own

    def test_shows_again(self, client, buyer, operator):
        review = write(an_order(owner=buyer, received=True))
        operator.post(reverse("dashboard:review-hide", args=[review.pk]), {"reason": "误会"})
        assert "误会" in operator.get(reverse("dashboard:buyer-reviews")).content.decode()

        operator.post(reverse("dashboard:review-show", args=[review.pk]))

        assert Score.objects.get().count == 1
        assert "米香" in client.get(review.product.get_absolute_url()).content.decode()


def test_the_tab_holds_what_waits_for_a_review(client, buyer):
    order, other = an_order(owner=buyer, received=True), an_order(owner=buyer)
    where = "/account/orders/?state=awaiting-review"

    shown = client.get(where).content.decode()
    assert order.number in shown and other.number not in shown
    for line in range(2):
        write(order, line=line)

    assert order.number not in client.get(where).content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_review_however_often_it_is_pressed_at_once(django_user_model):
    buyer = django_user_model.objects.create_user(mobile="13900000505")
    order = an_order(owner=buyer, received=True)

    shop.at_once([partial(write, order) for _n in range(8)], workers=8)

    assert Review.objects.count() == 1 and Score.objects.get().count == 1
