"""Where a request comes from, as far as limits need to know."""

from ipaddress import ip_address, ip_network

from django.conf import settings

HOME = 64
"""A household's IPv6 addresses share their first 64 bits."""
NEIGHBOURS = {4: 24, 6: 48}
"""So many bits are shared by what one person can cheaply have of addresses."""


def address_of(request) -> str:
    """The visitor's address; of IPv6 the network. Behind proxies of ours it is what the outermost of them saw."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    chain = [*seen, request.META.get("REMOTE_ADDR", "")]
    typed = chain[max(0, len(chain) - 1 - settings.PROXIES)]
    try:
        address = ip_address(typed)
    except ValueError:
        return "unknown"
    return str(ip_network((address, HOME), strict=False)) if address.version == 6 else str(address)


def network_of(address: str) -> str:
    """The network an ``address_of`` lies in: for limits on whoever commands many addresses."""
    try:
        within = ip_network(address)
    except ValueError:
        return address
    return str(within.supernet(new_prefix=NEIGHBOURS[within.version]))
