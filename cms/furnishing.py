"""What blocks of the front page and of topic pages show, asked for once however many blocks want it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cms import pictures
from cms.blocks.home import Rule
from cms.models.stories import StoryPage
from cms.models.training import CoursePage
from cms.stories import figures
from marketplace.catalogue import shelves
from marketplace.core.statements import Statement

SHOWN = 3
CARD = ("title", "slug", "summary", "picture")
"""What the card of a page shows; pages are wide, and reading all of one costs more than showing it."""


class Cupboard:
    """Each thing is fetched when a block first asks, for one language."""

    def __init__(self, locale_id: int):
        self.locale_id = locale_id
        self.month = timezone.localdate().month
        self.known: dict[str, Any] = {}

    def get(self, name: str, fetch: Callable[[], Any]) -> Any:
        if name not in self.known:
            self.known[name] = fetch()
        return self.known[name]

    def shelf(self, rule: str) -> list:
        wanted = {
            Rule.IN_SEASON: lambda: shelves.in_season(self.month),
            Rule.STAPLES: lambda: shelves.staples(self.month),
            Rule.NEWEST: shelves.newest,
        }
        return self.get(rule, wanted[rule]) if rule in wanted else []

    def shops(self) -> list:
        return self.get("shops", shelves.shops)

    def categories(self) -> list:
        return self.get("categories", shelves.top_categories)

    def stories(self) -> list:
        return self.get("stories", lambda: STORIES.rows(self.locale_id))

    def courses(self) -> list:
        return self.get("courses", lambda: COURSES.rows(self.locale_id))

    def news(self) -> list:
        return self.get("news", lambda: NEWS.rows(self.locale_id, timezone.now()))


def newest_stories(locale: int):
    live = StoryPage.objects.live().filter(locale=locale).only(*CARD, "picture_alt", "person", "is_sample")
    return live.order_by("-first_published_at", "-pk")[:SHOWN]


def first_courses(locale: int):
    return CoursePage.objects.live().filter(locale=locale).only(*CARD).order_by("path")[:SHOWN]


def latest_news(locale: int, now):
    from cms.models.news import NewsPage

    return (
        NewsPage.objects.current(now).filter(locale=locale).only(*CARD, "kind", "date").order_by("-date", "-pk")[:SHOWN]
    )


STORIES = Statement(newest_stories, int)
COURSES = Statement(first_courses, int)
NEWS = Statement(latest_news, int, datetime)


def furnish(blocks: Iterable, locale_id: int) -> Cupboard:
    """Give every block what it ``shown``, its pictures and its figures included."""
    blocks, cupboard = list(blocks), Cupboard(locale_id)
    for block in blocks:
        fill = FILL.get(block.block_type)
        if fill:
            block.value.shown = fill(block.value, cupboard)
    parts = [
        part for block in blocks for part in (block.value["figures"] if block.block_type == "figures" else [block])
    ]
    figures.compute(part.value for part in parts if part.block_type == "live_figure")
    pages = [page for name in ("stories", "courses", "news") for page in cupboard.known.get(name, [])]
    pages += [page for block in blocks if block.block_type == "stories" for page in block.value.shown]
    pictures.fetch_for(pages)
    return cupboard


def goods(value, cupboard: Cupboard) -> list:
    chosen = [listing for listing in value["goods"] if listing and listing.is_live]
    return chosen or cupboard.shelf(value["rule"])


def sellers(value, cupboard: Cupboard) -> list:
    return [seller for seller in value["sellers"] if seller] or cupboard.shops()


def told(value, cupboard: Cupboard) -> list:
    """Chosen stories as long as they are live: one that was withdrawn is not mentioned either."""
    chosen = [story for story in value["stories"] if story]
    return [story for story in chosen if story.live] if chosen else cupboard.stories()


def of(name: str, value, cupboard: Cupboard) -> list:
    return getattr(cupboard, name)()


FILL: dict[str, Callable] = {
    "shelf": goods,
    "shops": sellers,
    "stories": told,
    "categories": partial(of, "categories"),
    "courses": partial(of, "courses"),
    "news": partial(of, "news"),
}
