"""Pages as readers ask for them, in statements that are written once."""

from functools import cache

from wagtail.models import Page, PageViewRestriction

from marketplace.core.statements import OfMany, Statement

BARS = OfMany(lambda *paths: PageViewRestriction.objects.filter(page__path__in=paths), str)
AT = Statement(lambda address: Page.objects.filter(url_path=address, live=True).order_by("pk")[:1], str)


def at(address: str) -> Page | None:
    """The live page at this address below all roots, as what it is; None where there is none."""
    found = AT.one(address)
    return as_what_it_is(found) if found else None


def as_what_it_is(page: Page) -> Page:
    """What ``page.specific`` gives, with the records it ``reads_along``."""
    kind = page.specific_class
    return page if kind is None or isinstance(page, kind) else of_kind(kind).one(page.pk) or page


def as_it_stands(page: Page) -> Page:
    """The same page read anew."""
    return of_kind(page.specific_class).one(page.pk) or page


@cache
def of_kind(kind: type[Page]) -> Statement:
    along = getattr(kind, "reads_along", ())
    pages = kind._default_manager.select_related(*along) if along else kind._default_manager.all()
    return Statement(lambda page: pages.filter(pk=page).order_by(), int)


def bars_at(path: str, step: int):
    """What bars readers from the page at this path or one above it: found already, and still to be narrowed by who wants to."""
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    found = PageViewRestriction.objects.filter(page__path__in=above)
    found._result_cache = BARS.rows(above)
    return found
