"""How heavy the seller's front page is on a phone that has nothing of ours yet; ``pytest -s`` prints it."""

import pytest
from django.conf import settings
from django.test import Client

from marketplace.accounts.models import User
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_KB = 200


@pytest.fixture
def owner():
    user = User.objects.create_user(mobile="13900000002")
    team.join(seller=shop.seller(), user=user, role=TeamRole.OWNER)
    return user


def test_everything_it_loads_is_light(phone, owner, live_server):
    client = Client()
    client.force_login(owner)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    loaded = []
    phone.on("response", lambda answer: loaded.append(answer))  # noqa: PLW0108 - it marks the function

    phone.goto("/seller/", wait_until="networkidle")

    sizes = [answer.request.sizes() for answer in loaded]
    weight = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes) / 1024
    print(f"\nseller's front page, everything: {weight:.0f} KB in {len(loaded)} requests")  # noqa: T201
    assert len(loaded) > 5
    assert weight <= MOST_KB
