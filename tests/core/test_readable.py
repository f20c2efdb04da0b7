"""An address with a NUL in it is refused, whatever it would name and on every database."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/%00", "/account/cases/%00/do/say/", "/products/?q=%00", "/en/sellers/a%00b/", "/healthz?x=%00"]
)
def test_is_refused_with_a_page(client, address):
    answer = client.get(address)

    assert answer.status_code == 400 and "<h1" in answer.text


def test_others_pass(client):
    assert client.get("/products/?q=100%2500").status_code == 200
