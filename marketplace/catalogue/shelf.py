"""A list of goods as a page shows it: what was asked for, what was found, and where one can go from here."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import facets, search
from .listing import Listing
from .models import Category

LAST_PAGE = 50
PER_PAGE = (settings.PRODUCTS_PER_PAGE, 48)
SORTS = {
    "": (_("Best match"), ("-rank", "product_id")),
    "sold": (_("Sales volume"), ("-sold", "product_id")),
    "new": (_("Newest"), ("-listed_at", "product_id")),
    "cheap": (_("Price: low to high"), ("price", "product_id")),
    "dear": (_("Price: high to low"), ("-price", "product_id")),
}
TITLES = {
    "category": _("Category"),
    "province": _("Place of origin"),
    "certificate": _("Certificates"),
    "season": _("Season"),
    "ship": _("Ship mode"),
    "price": _("Price"),
    "stock": _("Stock"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its words, where a click leads, how many it would show, whether it is chosen."""

    text: str
    href: str
    count: int
    current: bool


class CountedPaginator(Paginator):
    """Pages of a list whose length is known already; pages far down are not offered."""

    def __init__(self, listings, per_page, count):
        super().__init__(listings, per_page)
        self.count = count

    @cached_property
    def num_pages(self):
        return min(super().num_pages, LAST_PAGE)


class Shelf:
    """Everything a list page needs, in a handful of queries however many goods there are."""

    def __init__(self, asked: QueryDict, *, category: Category | None = None):
        self.asked = asked
        self.category = category
        self.query = asked.get("q", "").replace("\x00", "").strip()[:60]
        self.sort = asked.get("sort", "") if asked.get("sort", "") in SORTS else ""
        self.found: QuerySet[Listing] | None = None
        if self.query:
            self.found, self.cells = search.find(self.query, facets.cells)
        else:
            self.cells = facets.cells(None)
        self.choices = facets.Choices(month=timezone.localdate().month, chosen=self.chosen())

    def chosen(self) -> dict[str, str]:
        """The facets in the address that name a value we know; the rest is ignored."""
        chosen = {"category": self.category.path} if self.category else {}
        for name in facets.FACETS[1:]:
            value = self.asked.get(name, "")
            if value and value in facets.values_of(name, self.cells):
                chosen[name] = value
        return chosen

    @cached_property
    def total(self) -> int:
        return facets.total(self.cells, self.choices)

    @cached_property
    def page(self) -> Page:
        """The goods of the page asked for, or of the last one there is."""
        return CountedPaginator(self.ordered(), self.per_page, self.total).get_page(self.asked.get("page"))

    @property
    def per_page(self) -> int:
        return PER_PAGE[1] if self.asked.get("per") == str(PER_PAGE[1]) else PER_PAGE[0]

    def ordered(self):
        """The listings in the chosen order."""
        start = Listing.objects.live() if self.found is None else self.found
        narrowed = facets.narrow(start, self.choices)
        if self.query and not self.sort:
            return search.best_first(narrowed, self.query)
        return narrowed.order_by(*SORTS[self.sort][1])

    def address(self, **changes) -> str:
        """This list with something changed; always back on its first page."""
        query = self.asked.copy()
        query.pop("page", None)
        for name, value in changes.items():
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return f"?{query.urlencode()}"

    def sorts(self) -> list[dict]:
        return [
            {"text": words, "href": self.address(sort=code), "current": code == self.sort}
            for code, (words, _order) in SORTS.items()
        ]

    @cached_property
    def groups(self) -> list[dict]:
        """The facets with a choice worth making, categories left out: they are pages of their own."""
        made = [{"name": name, "title": TITLES[name], "choices": self.choices_of(name)} for name in facets.FACETS[1:]]
        return [group for group in made if group["choices"]]

    def choices_of(self, name: str) -> list[Choice]:
        chosen = self.choices.chosen.get(name)
        numbers = facets.counts(self.cells, self.choices, name, facets.values_of(name, self.cells))
        return [
            Choice(
                text=facets.words_for(name, value),
                href=self.address(**{name: "" if value == chosen else value}),
                count=number,
                current=value == chosen,
            )
            for value, number in numbers.items()
            if number or value == chosen
        ]

    @cached_property
    def active(self) -> list[Choice]:
        """What is chosen, each with the way to take it back."""
        return [choice for group in self.groups for choice in group["choices"] if choice.current]

    def categories(self) -> list[Choice]:
        """The shelves beside or below this one, with how many goods each would show."""
        tree = Category.objects.browsable()
        shown = [c for c in tree if (c.depth == 1 if not self.category else c.is_child_of(self.category))]
        numbers = facets.counts(self.cells, self.choices, "category", [c.path for c in shown])
        suffix = self.address() if self.address() != "?" else ""
        return [
            Choice(c.display_name, f"{c.get_absolute_url()}{suffix}", numbers[c.path], False)
            for c in shown
            if numbers[c.path]
        ]

    @property
    def rest_of_address(self) -> str:
        """What else stands in the address beside the page, for the pager."""
        address = self.address()[1:]
        return f"{address}&" if address else ""
