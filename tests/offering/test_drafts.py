"""Drafts: typed on a phone, kept whatever happens, never seen by another seller."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.catalogue.models import Product
from marketplace.core.states import IllegalMove
from marketplace.offering import actions, claims, photos, review
from marketplace.offering.forms import ListingForm
from marketplace.offering.models import MOST_PHOTOS, Draft, Photo
from tests import listings, shop

pytestmark = pytest.mark.django_db
PRODUCTS = "/seller/products/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model)


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


class TestWordsAboveAllOthers:
    @pytest.mark.parametrize(
        ("title", "found"),
        [
            ("全国第一的讷河新米", ["全国第一"]),
            ("顶级国家级新米", ["顶级", "国家级"]),
            ("最好的米", ["最好"]),
            ("讷河最好吃的米", ["最好吃"]),
            ("东北大米，我家最好\r\n香", ["最好"]),
            ("The best rice", ["The best"]),
            ("开封后最好冷藏，最佳食用期三个月", []),
            ("一级新米，第一次碾的", []),
        ],
    )
    def test_are_found_and_advice_on_use_is_left_alone(self, title, found):
        assert claims.superlatives({"title": title}) == found

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("富硒大米，降血糖、抗癌", ["降血糖", "抗癌"]),
            ("能治疗糖尿病", ["治疗"]),
            ("A tea that prevents cancer", ["prevents"]),
            ("Rice that lowers blood sugar", ["lowers blood sugar"]),
            ("低糖，适合早餐；病虫害绿色防治；治愈系小店；无减肥药残留；cured ham, keep in a cold place", []),
        ],
    )
    def test_that_say_a_good_heals_are_named_too(self, said, found):
        assert claims.cures({"description": said}) == found
        assert all(word in claims.advice({"description": said}) for word in found)

    def test_are_said_to_the_seller_while_she_types_and_refuse_nothing(self, client, seller):
        key = uuid.uuid4()

        kept = client.post(listings.address(key), listings.words(title="顶级新米"), **JSON)
        assert "顶级" in kept.json()["advice"]
        assert "广告法" in page_of(client.get(listings.address(key))).select_one("[data-advice]").text
        assert client.post(listings.address(key), listings.words(), **JSON).json()["advice"] == ""

        saved = client.post(listings.address(key), listings.words(title="顶级新米", do="save"), follow=True)
        assert "顶级" in page_of(saved).select_one("[data-advice]").text

        listings.submitted(seller, title="顶级新米")
        assert Draft.objects.filter(state="waiting").count() == 1


class TestThePackage:
    """Kept in Chinese, typed and shown in the language of whoever reads."""

    @pytest.mark.parametrize(("prefix", "word"), [("", "袋"), ("/en", "bag")])
    def test_is_begun_with_in_the_readers_language(self, client, seller, prefix, word):
        page = page_of(client.get(f"{prefix}/seller/products/new/"))

        assert page.select_one("[name=container]")["value"] == word
        assert word in {option["value"] for option in page.select("#containers option")}

    @pytest.mark.parametrize(("typed", "pack"), [("bag", "5kg/袋"), ("Jar", "5kg/罐"), ("网袋", "5kg/网袋")])
    def test_is_kept_in_chinese(self, seller, typed, pack):
        draft = listings.submitted(seller, container=typed)

        review.decide(draft=draft, verdict="approve", note="", by=None, at=timezone.now())

        assert Product.objects.get().pack == pack


class TestTheForm:
    @pytest.mark.parametrize(
        ("weight", "unit", "grams"), [("10", "jin", 5000), ("2.5", "kg", 2500), ("250", "g", 250), ("０.５", "kg", 500)]
    )
    def test_takes_weight_in_jin_kg_or_g(self, seller, weight, unit, grams):
        from marketplace.offering.forms import grams_of

        form = ListingForm(listings.words(weight=weight, weight_unit=unit), seller=seller)

        assert form.is_valid(), form.errors
        assert grams_of(form.cleaned_data) == grams

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("title", ""),
            ("title", "米" * 31),
            ("category", "0"),
            ("category", None),
            ("weight", "五斤"),
            ("weight", "0"),
            ("weight", "99999"),
            ("weight_unit", "lb"),
            ("price", "59.9a"),
            ("price", "0"),
            ("price", "-1"),
            ("price", "NaN"),
            ("price", "1e9"),
            ("stock", "2.5"),
            ("stock", "-3"),
            ("area-0", None),
            ("licence_number", "SC123"),
            ("season_from", "3"),
            ("shelf_days", "0"),
            ("freight_template", "999999"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, seller, name, typed):
        key = uuid.uuid4()
        words = listings.words(**{name: typed})

        answer = client.post(listings.address(key), words | {"do": "submit", "photos": listings.photo()})

        assert answer.status_code == 422
        assert page_of(answer).select(".field__error")
        assert page_of(answer).select("[role=alert] [data-wrong]")  # before everything else, for a small screen
        assert Draft.objects.get(key=key).words == {field: value for field, value in words.items() if value}
        assert page_of(answer).select_one("[name=container]")["value"] == "袋"

    def test_wants_the_label_of_prepacked_food(self, client, seller):
        answer = client.post(
            listings.address(uuid.uuid4()),
            listings.words(prepacked="on") | {"do": "submit", "photos": listings.photo()},
        )

        wrong = {error["id"] for error in page_of(answer).select("[id$=-errors]")}
        assert {"id_ingredients-errors", "id_standard-errors", "id_licence_number-errors", "id_maker-errors"} <= wrong

    def test_wants_a_photo(self, client, seller):
        answer = client.post(listings.address(uuid.uuid4()), listings.words() | {"do": "submit"})

        assert answer.status_code == 422
        assert "至少要有一张" in answer.content.decode()

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_opens_empty_and_writes_nothing(self, client, seller, prefix):
        answer = client.get(f"{prefix}{PRODUCTS}new/")

        assert answer.status_code == 200
        assert not page_of(answer).select(".field__error")
        assert not Draft.objects.exists()


class TestWithoutScript:
    def test_one_form_photographs_types_and_submits(self, client, seller):
        key = uuid.uuid4()

        answer = client.post(
            listings.address(key),
            listings.words() | {"do": "submit", "photos": [listings.photo(), listings.photo("green")]},
        )

        draft = Draft.objects.get(key=key)
        assert answer.url == f"{PRODUCTS}?tab=review"
        assert (draft.state, draft.photos.count(), draft.seller) == ("waiting", 2, seller)
        assert not Product.objects.exists()

    def test_pressing_twice_makes_one_draft_with_each_photo_once(self, client, seller):
        key = uuid.uuid4()
        for _press in range(2):
            client.post(listings.address(key), listings.words() | {"do": "save", "photos": listings.photo()})

        assert Draft.objects.get().photos.count() == 1

    def test_a_file_that_is_no_photo_is_named_and_the_rest_is_kept(self, client, seller):
        key = uuid.uuid4()
        bad = SimpleUploadedFile("a.jpg", b"<script>1</script>")

        answer = client.post(
            listings.address(key), listings.words() | {"do": "save", "photos": [bad, listings.photo()]}, follow=True
        )

        assert "a.jpg" in answer.content.decode()
        assert Draft.objects.get(key=key).photos.count() == 1


class TestOnThePhone:
    def upload(self, client, key, photo_key, file=None):
        return client.post(
            reverse("seller:draft-photos", args=[key]), {"id": photo_key, "photo": file or listings.photo()}
        )

    def test_a_photo_sent_twice_is_kept_once(self, client, seller):
        key, photo_key = uuid.uuid4(), uuid.uuid4()

        first, second = (self.upload(client, key, photo_key) for _time in range(2))

        assert first.json() == second.json()
        assert Photo.objects.count() == 1

    def test_nine_stay_nine(self, client, seller):
        key = uuid.uuid4()

        codes = [self.upload(client, key, uuid.uuid4()).status_code for _photo in range(MOST_PHOTOS + 2)]

        assert codes == [200] * MOST_PHOTOS + [400, 400]
        assert Photo.objects.count() == MOST_PHOTOS

    @pytest.mark.parametrize("photo_key", ["", "x", "../../etc"])
    def test_wants_an_id(self, client, seller, photo_key):
        assert self.upload(client, uuid.uuid4(), photo_key).status_code == 400

    def test_takes_heic(self, client, seller):
        answer = self.upload(client, uuid.uuid4(), uuid.uuid4(), listings.photo(kind="HEIF"))

        assert answer.status_code == 200

    def test_words_are_kept_as_they_come_right_or_wrong(self, client, seller):
        key = uuid.uuid4()

        answer = client.post(listings.address(key), {"title": "讷河", "price": "五十"}, **JSON)

        assert set(answer.json()) == {"saved", "at", "advice", "faults"}
        assert answer.json()["faults"]["price"] == ["价格请填数字，如 59.90。"]
        assert "title" not in answer.json()["faults"]
        assert Draft.objects.get(key=key).words == {"title": "讷河", "price": "五十"}
        assert page_of(client.get(listings.address(key))).select_one("[name=price]")["value"] == "五十"

    def test_a_draft_under_review_is_not_written_over(self, client, seller):
        draft = listings.submitted(seller)

        answer = client.post(listings.address(draft.key), {"title": "别的"}, **JSON)

        assert answer.status_code == 409
        assert Draft.objects.get().title == "讷河新米"


class TestPhotos:
    def test_the_first_is_the_cover_until_another_is_chosen(self, client, seller):
        draft = listings.draft(seller)
        second = photos.add(draft=draft, key=uuid.uuid4(), file=listings.photo("green"))

        client.post(listings.address(draft.key), listings.words() | {"do": f"cover:{second.key}"})

        assert Draft.objects.get().cover == second

    def test_one_taken_away_is_gone_with_its_files(self, client, seller, django_capture_on_commit_callbacks):
        draft = listings.draft(seller)
        photo = draft.photos.get()

        with django_capture_on_commit_callbacks(execute=True):
            client.post(listings.address(draft.key), listings.words() | {"do": f"remove:{photo.key}"})

        assert not draft.photos.exists()
        assert not default_storage.exists(photo.name)

    @pytest.mark.parametrize("argument", ["", "x", "4e2e6436-00c7-40ff-9b67-710d3d02ba51"])
    def test_one_that_is_not_there_does_no_harm(self, client, seller, argument):
        draft = listings.draft(seller)

        answer = client.post(listings.address(draft.key), listings.words() | {"do": f"remove:{argument}"})

        assert answer.status_code == 302
        assert draft.photos.count() == 1


class TestReview:
    def test_takes_it_out_of_the_sellers_hand_until_she_takes_it_back(self, client, seller):
        draft = listings.submitted(seller)

        with pytest.raises(IllegalMove):
            actions.submit(draft=draft, by=None, at=draft.saved_at)
        client.post(reverse("seller:draft-take-back", args=[draft.key]))

        assert Draft.objects.get().state == "draft"


class TestFromAGood:
    def test_selling_again_begins_with_everything_it_says(self, client, seller):
        good = shop.product(seller, stock=7, origin="230281")
        good.categories.add(listings.category())

        for _press in range(2):
            client.post(reverse("seller:product-again", args=[good.pk]))

        draft = Draft.objects.get()
        assert draft.product is None
        expected = {"title": "齐齐哈尔新米", "weight": "5", "weight_unit": "kg", "price": "59.90", "stock": "7"}
        assert draft.words.items() >= (expected | listings.NEHE).items()

    def test_changing_goes_on_with_the_draft_begun_before(self, client, seller):
        good = shop.product(seller)

        for _press in range(2):
            client.post(reverse("seller:product-edit", args=[good.pk]))

        draft = Draft.objects.get()
        assert draft.product == good
        assert "price" not in draft.words


class TestScope:
    @pytest.fixture
    def others(self, seller):
        return listings.draft(shop.seller("别家样例店"))

    def test_another_sellers_draft_is_not_there(self, client, seller, others):
        before = Draft.objects.values().get(pk=others.pk)
        key = others.key
        answers = [
            client.get(listings.address(key)),
            client.post(listings.address(key), listings.words(title="抢")),
            client.post(listings.address(key), listings.words(title="抢"), **JSON),
            client.post(reverse("seller:draft-photos", args=[key]), {"id": uuid.uuid4(), "photo": listings.photo()}),
            client.post(reverse("seller:draft-take-back", args=[key])),
            client.post(reverse("seller:draft-drop", args=[key])),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert Draft.objects.values().get(pk=others.pk) == before
        assert others.photos.count() == 1

    def test_another_sellers_good_is_not_there(self, client, seller):
        good = shop.product(shop.seller("别家样例店"))

        assert client.post(reverse("seller:product-edit", args=[good.pk])).status_code == 404
        assert client.post(reverse("seller:product-again", args=[good.pk])).status_code == 404

    def test_the_list_shows_none_of_them(self, client, seller, others):
        shop.product(others.seller, title="别家的米")

        shown = "".join(client.get(f"{PRODUCTS}?tab={tab}").content.decode() for tab in ("on-sale", "drafts"))

        assert "别家的米" not in shown
        assert others.title not in shown


class TestTheList:
    def test_finds_by_title_and_asks_the_database_as_often_for_many_as_for_one(self, client, seller):
        counts = []
        for times in (1, 9):
            for number in range(times):
                shop.product(seller, title=f"新米 {times}-{number}")
                listings.draft(seller, title=f"草稿 {times}-{number}")
            for tab in ("on-sale", "drafts"):
                with CaptureQueriesContext(connection) as queries:
                    client.get(f"{PRODUCTS}?tab={tab}")
                counts.append(len(queries))

        assert counts[:2] == counts[2:]
        found = page_of(client.get(f"{PRODUCTS}?q=9-3")).select(".mine__name")
        assert [name.text for name in found] == ["新米 9-3"]
        found = page_of(client.get(f"{PRODUCTS}?tab=drafts&q=草稿 9-3")).select(".mine__name")
        assert [name.text.strip() for name in found] == ["草稿 9-3"]

    @pytest.mark.parametrize("asked", ["tab=x", "page=999", "page=x", "tab=review&q=%25"])
    def test_understands_strange_addresses(self, client, seller, asked):
        assert client.get(f"{PRODUCTS}?{asked}").status_code == 200


class TestVeryManyPhotosAtOnce:
    def test_are_answered_in_words_and_leave_nothing(self, client, seller):
        """Two hundred: refused before a single one is looked at."""
        key = uuid.uuid4()

        answer = client.post(
            reverse("seller:draft", args=[key]), {"photos": [listings.photo(size=(20, 20)) for _n in range(200)]}
        )

        assert answer.status_code == 400
        assert "100" in answer.content.decode()
        assert not Draft.objects.exists()

    def test_beyond_nine_are_refused_once(self, client, seller):
        key = uuid.uuid4()
        colours = [f"#{n:02x}{n:02x}00" for n in range(0, 120, 5)]

        answer = client.post(
            reverse("seller:draft", args=[key]),
            {"title": "示例", "photos": [listings.photo(colour, size=(20, 20)) for colour in colours], "do": "save"},
            follow=True,
        )

        assert Draft.objects.get().photos.count() == MOST_PHOTOS
        assert answer.content.decode().count("最多") <= 3
