"""The frame every page stands in, the gallery, and the pages for when something is wrong."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.utils import translation

from marketplace.core import season
from marketplace.core.gallery import SampleForm, listings
from marketplace.core.templatetags import yanxing

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def home(client):
    return client.get("/")


class TestTheFrame:
    def test_leads_to_the_same_page_in_the_other_language(self, client):
        assert 'href="/en/about/"' in client.get("/about/").content.decode()
        assert 'href="/about/"' in client.get("/en/about/").content.decode()

    def test_keeps_the_question_when_the_language_changes(self, client):
        assert 'href="/en/about/?q=rice"' in client.get("/about/?q=rice").content.decode()

    def test_names_both_languages_to_search_engines(self, home):
        page = home.content.decode()
        assert '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/">' in page
        assert '<link rel="alternate" hreflang="en" href="http://testserver/en/">' in page

    @pytest.mark.parametrize(
        ("noted", "shown"),
        [("5", "5"), ("0", ""), ("-1", ""), ("<b>", ""), ("99999", ""), ("٣", "")],
        ids=["five", "nothing", "negative", "markup", "too-many", "not-ascii"],
    )
    def test_shows_the_number_in_the_basket_only_if_it_is_one(self, rf, noted, shown):
        from marketplace.core.context import basket_count

        request = rf.get("/")
        request.COOKIES["basket-count"] = noted
        assert basket_count(request) == shown


class TestLargeText:
    def test_is_remembered_and_shown_without_script(self, client):
        answer = client.post("/text-size/", {"size": "large", "next": "/about/"})
        assert answer.status_code == 302
        assert answer.url == "/about/"
        assert 'data-size="large"' in client.get("/about/").content.decode()

    def test_goes_back_to_the_usual_size(self, client):
        client.post("/text-size/", {"size": "large"})
        client.post("/text-size/", {"size": "usual"})
        assert 'data-size="large"' not in client.get("/about/").content.decode()

    def test_never_leads_to_another_host(self, client):
        assert client.post("/text-size/", {"size": "large", "next": "https://example.com/"}).url == "/"

    @pytest.mark.parametrize("words", ["on", "home:x", "%(x)s", '[{"pk": 1}]'])
    def test_takes_words_that_are_no_address_for_no_way_back(self, client, words):
        assert client.post("/text-size/", {"size": "large", "next": words}).url == "/"

    def test_ignores_a_size_that_is_none(self, client):
        assert not client.post("/text-size/", {"size": "huge"}).cookies

    def test_is_asked_for_by_post(self, client):
        assert client.get("/text-size/").status_code == 405


class TestThePolicy:
    @pytest.mark.parametrize("address", ["/", "/about/", "/components/", "/en/nothing-here/"])
    def test_leaves_no_room_for_inline_script_or_style(self, client, address):
        answer = client.get(address)
        policy, page = answer.headers["Content-Security-Policy"], answer.content.decode()
        assert "unsafe" not in policy
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page) if "ld+json" not in tag)

    def test_loads_nothing_from_another_host(self, home):
        loaded = re.findall(r'(?:src|srcset|<link rel="stylesheet" href)="([^"]+)"', home.content.decode())
        assert loaded
        assert all(address.startswith("/") for address in loaded)


class TestTheGallery:
    @BOTH
    def test_shows_every_component(self, client, prefix):
        answer = client.get(f"{prefix}/components/")
        assert answer.status_code == 200
        for part in ("pcard", "season--l", "stepper", "timeline", "chain", "alert--stop", "pager", "crumbs", "stat"):
            assert f'class="{part}' in answer.content.decode() or f" {part}" in answer.content.decode()

    def test_reads_out_hint_and_error_with_the_field(self):
        field = SampleForm({"mobile": "138"})["mobile"]
        page = render_to_string("components/field.html", {"field": field})
        assert 'aria-describedby="id_mobile-hint id_mobile-errors"' in page
        assert 'id="id_mobile-hint"' in page
        assert 'id="id_mobile-errors"' in page
        assert 'aria-invalid="true"' in page

    def test_asks_the_database_nothing_for_a_card(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            page = render_to_string("components/product_card.html", {"listing": listings()[0]})
        assert "52" in page


class TestErrorPages:
    @BOTH
    def test_say_that_a_page_is_missing(self, client, prefix):
        answer = client.get(f"{prefix}/no-such-page/")
        assert answer.status_code == 404
        assert 'name="robots" content="noindex"' in answer.content.decode()

    def test_tell_what_to_do_about_an_expired_form(self):
        answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
        assert answer.status_code == 403
        assert "<h1>" in answer.content.decode()

    @pytest.mark.urls("tests.core.test_shell")
    @pytest.mark.parametrize(("address", "status"), [("/bad/", 400), ("/closed/", 403)])
    def test_keep_the_status_honest(self, client, address, status):
        answer = client.get(address)
        assert answer.status_code == status
        assert "<h1>" in answer.content.decode()

    def test_stand_alone_when_all_else_is_broken(self, rf, django_assert_num_queries):
        from marketplace.core.views import server_error

        with django_assert_num_queries(0):
            answer = server_error(rf.get("/"))
        assert answer.status_code == 500
        assert "<h1>" in answer.content.decode()


class TestThePhoneIsTold:
    def test_how_to_keep_the_shop_on_its_screen(self, client):
        manifest = client.get("/manifest.webmanifest").json()
        assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


class TestFilters:
    @pytest.mark.parametrize(
        ("grams", "shown"), [(5000, "5 kg"), (2500, "2.5 kg"), (10000, "10 kg"), (250, "250 g"), (None, "")]
    )
    def test_weigh_in_grams_and_kilograms(self, grams, shown):
        assert yanxing.weight(grams) == shown

    @pytest.mark.parametrize(
        ("amount", "shown"), [("59.9", "¥59.90"), ("1234.5", "¥1,234.50"), ("-3", "-¥3.00"), (None, "—")]
    )
    def test_print_yuan_with_two_places(self, amount, shown):
        assert yanxing.yuan(amount) == shown

    @pytest.mark.parametrize(
        ("language", "shown"), [("zh-hans", "黑龙江 · 讷河"), ("en", "Nehe, Heilongjiang")], ids=["zh", "en"]
    )
    def test_name_a_place_as_people_say_it(self, language, shown):
        with translation.override(language):
            assert yanxing.place("230281") == shown

    @pytest.mark.parametrize("code", ["", "999999", "x"])
    def test_pass_over_an_unknown_place(self, code):
        assert yanxing.place(code) == ""

    @pytest.mark.parametrize(
        ("first", "last", "shown"),
        [(10, 3, "October to March"), (6, 6, "June"), (1, 12, "all year")],
        ids=["round-the-year", "one-month", "always"],
    )
    def test_spell_a_season_by_its_ends(self, first, last, shown):
        with translation.override("en"):
            assert yanxing.spell_months(season.months(first, last)) == shown

    def test_clean_what_people_typed_once_more(self):
        assert yanxing.rich('<p onclick="x()">rice<script>steal()</script></p>') == "<p>rice</p>"


def bad(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation


def closed(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


handler400 = "marketplace.core.views.bad_request"
handler403 = "marketplace.core.views.forbidden"


def _with_all_pages():
    from marketplace.urls import urlpatterns as pages

    return [path("bad/", bad), path("closed/", closed), *pages]


urlpatterns = _with_all_pages()
