"""The menu and footer: what editors write stands on every page, at once and without asking the database again."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms import frame
from cms.blocks.links import AddressField
from cms.models import ContentPage, Frame
from marketplace.demo import accounts
from tests.cms.test_kept_pages import commit

pytestmark = pytest.mark.django_db


def link(label, address):
    return ("address", {"label": label, "label_en": f"{label} EN", "address": address})


def footer(client, address="/") -> str:
    return client.get(address).content.decode().partition('<footer class="foot">')[2]


class TestTheFrame:
    @pytest.mark.parametrize(("address", "name"), [("/", "平台规则"), ("/en/", "Platform rules")])
    def test_has_its_links_before_anybody_wrote_one(self, client, address, name):
        assert f'href="{address}rules/">{name}</a>' in footer(client, address)

    def test_shows_a_change_at_once_on_kept_pages_and_in_the_shop(self, client):
        for address in ("/", "/products/"):
            client.get(address)

        Frame(
            icp="示例ICP备00000000号",
            operator="示例经营者",
            links=[link("市集", "/products/"), link("表格", "/media/x.pdf")],
        ).save()
        commit()

        for address in ("/", "/products/"):
            text = footer(client, address)
            assert "示例ICP备00000000号" in text and "示例经营者" in text
            assert "平台规则" not in text
        assert 'href="/en/products/">市集 EN' in footer(client, "/en/")
        assert 'href="/media/x.pdf">表格 EN' in footer(client, "/en/"), "a file has no language"

    def test_leaves_out_a_page_that_is_gone(self, client):
        about = ContentPage.objects.get(slug="about", locale__language_code="zh-hans")
        Frame(menu=[("page", {"label": "本站", "label_en": "Us", "page": about})]).save()
        commit()
        assert 'href="/about/">本站' in client.get("/").content.decode()

        about.unpublish()
        commit()

        assert "本站" not in client.get("/").content.decode()

    def test_is_never_old_on_a_page_that_is_kept(self, client):
        client.get("/")
        kept = dict(frame._kept)
        Frame(icp="示例备案").save()
        commit()
        frame._kept.update(kept)  # as in a process that has not heard

        assert "示例备案" in footer(client)

    def test_asks_no_second_time(self, client, django_assert_num_queries):
        client.get("/cookies/")

        with django_assert_num_queries(0):
            client.get("/cookies/")

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "//elsewhere.example", "http://plain.example", "stories"]
    )
    def test_takes_no_doubtful_address(self, address):
        with pytest.raises(ValidationError):
            AddressField().clean(address)


@pytest.mark.parametrize(("ending", "is_open"), [("05", True), ("16", False)], ids=["publisher", "author"])
def test_publishers_write_it(client, ending, is_open):
    accounts.load()
    client.force_login(accounts.by_ending(ending))
    address = reverse("wagtailsettings:edit", args=["cms", "frame"])

    assert (client.get(address, follow=True).resolver_match.view_name == "wagtailsettings:edit") is is_open
