"""Which site a request is for: remembered as long as no page changes, never longer."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from cms import sites
from tests.cms.test_kept_pages import commit

pytestmark = pytest.mark.django_db


def asked_for_sites(client, address="/") -> int:
    """How often making the page anew asks which site it is for."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return sum('FROM "wagtailcore_site"' in query["sql"] and "CASE" in query["sql"] for query in queries)


def test_is_asked_once_for_all_pages_of_a_language(client):
    asked = [asked_for_sites(client, address) for address in ("/", "/stories/", "/en/", "/en/stories/")]
    assert asked == [1, 0, 1, 0]


def test_another_root_is_there_at_once(client):
    asked_for_sites(client)
    site = Site.objects.get(is_default_site=True)
    site.root_page = Page.objects.child_of(site.root_page).live().first()
    site.save()
    commit()

    assert asked_for_sites(client) == 1
    assert site.root_page.title in client.get("/").content.decode()


def test_what_a_request_finds_out_about_a_page_is_its_own(rf):
    """Two requests share no page: what one hangs onto it would be seen by the other."""
    requests = [rf.get("/") for _each in range(3)]
    for request in requests:
        sites.settle(request, "now")

    first, second, third = (Site.find_for_request(request) for request in requests)
    assert first == second == third
    assert len({id(each.root_page) for each in (first, second, third)}) == 3
