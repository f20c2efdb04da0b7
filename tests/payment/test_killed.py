"""A process of the site dies by ``kill -9`` at a named point: two of them here, all of them five times each by ``make kill``."""

import pytest
from django.db import connection

from bench.faults import kill
from bench.faults.house import House, address_of, free_port
from bench.faults.points import POINTS
from bench.faults.world import sellers_with_goods
from marketplace.payment.standin.server import StandIn
from tests.stand_in import SECRET, use

HERE = {"provider said paid, nothing written", "provider refunded, we did not note it"}


@pytest.mark.django_db(transaction=True)
def test_no_money_is_lost_where_a_process_dies(settings, tmp_path):
    port = free_port()
    with StandIn(webhook=f"http://127.0.0.1:{port}/webhooks/stripe/", secret=SECRET) as provider:
        use(provider, settings)
        goods = sellers_with_goods()
        with House(address_of(connection), tmp_path, provider=provider.base, port=port) as house:
            found = {p.name: kill.die_once(house, goods, p) for p in POINTS if p.name in HERE}

    assert found == {name: [] for name in HERE}
