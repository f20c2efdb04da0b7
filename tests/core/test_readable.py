"""An address with a NUL in it is refused, whatever it would name and on every database; so is an altered form of rooms not ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from marketplace.accounts.models import User
from marketplace.core.readable import Readable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/account/cases/%00/do/say/",
        "/products/?q=%00",
        "/en/sellers/a%00b/",
        "/healthz?x=%00",
        f"/dashboard/partners/?name={'x' * 100_000}",
    ],
)
def test_is_refused_with_a_page(client, address):
    answer = client.get(address)

    assert answer.status_code == 400 and "<h1" in answer.text


def test_others_pass(client):
    assert client.get("/products/?q=100%2500").status_code == 200


ALTERED = {
    "/cms/workflows/add/": {"name": "x", "workflow_tasks-TOTAL_FORMS": "1", "workflow_tasks-INITIAL_FORMS": "1",
                            "workflow_tasks-0-id": " ", "pages-TOTAL_FORMS": "0", "pages-INITIAL_FORMS": "0"},
    "/cms/images/multiple/add/": {"files[]": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\xff" * 64)},
}  # fmt: skip
"""Two that broke a page in the sweep."""


@pytest.mark.parametrize("address", ALTERED)
def test_an_altered_form_of_wagtail_or_oscar_is_refused_and_told_of(address, client, caplog):
    client.force_login(User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn"))

    answer = client.post(address, ALTERED[address], headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.status_code == 400 and "<h1" in answer.text
    assert f"a form was not understood at {address}" in caplog.text


def test_words_where_oscar_looks_for_numbers_are_refused_as_well(client):
    """Our own lookup for lists of numbers stands between; it has no hand in it."""
    client.force_login(User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn"))

    answer = client.post("/dashboard/reviews/", {"action": "update_selected_review_status", "selected_review": "样例"})

    assert answer.status_code == 400


def test_a_number_beyond_what_the_database_counts_breaks_no_page(client):
    """SQLite cannot hold it in a comparison and the form is not understood; PostgreSQL knows no such category."""
    client.force_login(User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn"))

    answer = client.post("/dashboard/ranges/create/", {"name": "x", "included_categories": "9" * 30})

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("path", ["/cms/pages/", "/basket/"])
def test_a_mistake_of_ours_stays_a_broken_page(path):
    try:
        int("x")
    except ValueError as mistake:
        assert Readable(None).process_exception(RequestFactory().post(path), mistake) is None
