"""Whose address counts, with and without proxies of ours."""

import pytest

from marketplace.accounts.visitors import address_of, network_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "192.0.2.9"),
        (0, "203.0.113.1", "192.0.2.9"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "6.6.6.6, 203.0.113.1", "203.0.113.1"),
        (2, "6.6.6.6, 203.0.113.1, 10.0.0.1", "203.0.113.1"),
        (1, "", "192.0.2.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "<script>", "unknown"),
    ],
    ids=["direct", "a lie", "one proxy", "a lie before a proxy", "two proxies", "no header", "ipv6", "nonsense"],
)
def test_the_address_is_what_our_outermost_proxy_saw(rf, settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert address_of(rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.9")) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2::/64", "2001:db8:1::/48"), ("unknown", "unknown")],
    ids=["IPv4", "IPv6", "no address"],
)
def test_addresses_of_one_neighbourhood_are_one_network(address, network):
    assert network_of(address) == network
