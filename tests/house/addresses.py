"""Every address the site answers, as Django knows them."""

from dataclasses import dataclass
from functools import cache

from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, URLResolver


@dataclass(frozen=True)
class Address:
    """A name with its namespaces (the route itself where it has none), and the route from the root."""

    name: str
    route: str

    @property
    def takes_nothing(self) -> bool:
        """True if the route can be asked for as it is."""
        return not set("<(^$?") & set(self.route)


@cache
def all_addresses() -> tuple[Address, ...]:
    """The whole map, uploaded files left out."""
    return tuple(address for address in below(get_resolver(), "", ()) if not address.route.startswith("^media/"))


def below(resolver, start: str, spaces: tuple[str, ...]):
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            step = "" if isinstance(part.pattern, LocalePrefixPattern) else str(part.pattern)
            yield from below(part, start + step, (*spaces, part.namespace) if part.namespace else spaces)
        else:
            route = start + str(part.pattern)
            yield Address(":".join([*spaces, part.name]) if part.name else route, route)
