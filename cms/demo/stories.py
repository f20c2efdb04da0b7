"""Stories of the demonstration: two of made-up people who agreed, and what was published of real ones in 2016."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from cms.models import StoriesPage, StoryPage
from cms.stories import actions
from incubator.learning.models import Course
from marketplace.catalogue.models import Listing, Product
from marketplace.demo import accounts
from marketplace.partner.models import Partner

from . import pages
from .course import CODE

TABLE = Path(__file__).with_name("stories.json")
PUBLISHED_ON = date(2016, 10, 17)
SINCE_DAYS = 60


def load() -> None:
    """All stories in both languages."""
    for story in json.loads(TABLE.read_text(encoding="utf-8")):
        twin = None
        for language in pages.LANGUAGES:
            twin = lay(story, language, twin)


def lay(story: dict, language: str, twin):
    """One story in one language, with what it stands on."""
    above = pages.below(pages.home(language), "stories")
    assert isinstance(above, StoriesPage)
    found = pages.below(above, story["slug"])
    if found is not None:
        return found
    words = story[language]
    page = StoryPage(
        title=words["title"],
        slug=story["slug"],
        person=words.get("person", ""),
        organisation=words.get("organisation", ""),
        summary=words["summary"],
        area=story.get("area", ""),
        body="[]",
        **standing(story, words),
    )
    page.body = [block(kind, value, story) for part in words["body"] for kind, value in part.items()]
    page = pages.lay_draft(above, page, twin)
    version = page.save_revision()
    if "source" not in words:
        at, by = timezone.now() - timedelta(days=20), accounts.by_ending("05")
        actions.record_consent(story=page, at=at, guardian="", by=by)
    version.publish()
    return page


def standing(story: dict, words: dict) -> dict[str, Any]:
    """What the page stands on: a source, or a made-up person's agreement with her shop and course."""
    if "source" in words:
        return {"basis": StoryPage.Basis.PUBLISHED, "source": words["source"], "source_date": PUBLISHED_ON}
    return {
        "is_sample": True,
        "seller": Partner.objects.get(code=story["seller"]),
        "course": Course.objects.get(code=CODE),
        "picture": pages.photo(words["picture"], story["picture"], description=words["picture_alt"]),
        "picture_alt": words["picture_alt"],
    }


def block(kind: str, value, story: dict) -> tuple[str, Any]:
    """A block as the page keeps it."""
    return kind, {
        "text": lambda: value,
        "quote": lambda: {"text": value[0], "by": value[1]},
        "live_figure": lambda: {
            "measure": value[0],
            "label": value[1],
            "seller": Partner.objects.get(code=story["seller"]),
            "since": timezone.localdate() - timedelta(days=SINCE_DAYS),
        },
        "declared_figure": lambda: (
            {"value": Decimal(value[0])}
            | dict(zip(("unit", "qualifier", "label", "source"), value[1:], strict=True), as_of=PUBLISHED_ON)
        ),
        "goods": lambda: {
            "heading": value[0],
            "goods": [
                Listing(pk=key) for key in Product.objects.filter(upc__in=value[1:]).values_list("pk", flat=True)
            ],
        },
    }[kind]()
