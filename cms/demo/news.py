"""News of the demonstration: a topic with its goods and stories that expires by itself, and an event with few seats."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cms.models import NewsIndexPage, NewsPage, StoryPage
from incubator.learning import registering
from incubator.learning.models import Course, Gathering
from marketplace.catalogue.models import Listing, Product
from marketplace.demo import accounts

from . import pages
from .classes import AREA, ONLINE
from .course import CODE

TOPIC_DAYS, EVENT_DAYS = 90, 21
GOODS = ("qqhr-rice", "lwxt-rice", "yx-230184-05", "nehe-potato")
WORDS = {
    "zh-hans": {
        "topic": ("新米上市", "东北的新米下来了。谁家的、哪天碾的，每袋都写着。"),
        "goods": "今年的新米和土豆",
        "stories": "种米卖米的人",
        "event": ("电商课线下答疑（示例）", "带一袋自己的货来，现场拍照、称重、定价。"),
        "text": "<p>这是为演示而写的活动。名额有限，先看线上课时，再带着问题来。</p>",
    },
    "en": {
        "topic": (
            "The new rice is in",
            "New rice from the north-east: every bag says whose it is and when it was milled.",
        ),
        "goods": "This year's rice and potatoes",
        "stories": "Those who grow and sell it",
        "event": (
            "Questions about the course, on site (sample)",
            "Bring a bag of your own: we photograph, weigh and price it.",
        ),
        "text": "<p>An event made up for demonstration, with few seats. Read the lessons first and bring your questions.</p>",
    },
}


def load() -> None:
    """Both pages in both languages, once."""
    now = timezone.now()
    topic = event = gathering = None
    for language in pages.LANGUAGES:
        above = pages.below(pages.home(language), "news")
        assert isinstance(above, NewsIndexPage)
        if pages.below(above, "new-rice"):
            return
        gathering = gathering or planned(now)
        topic = pages.lay(above, topic_page(WORDS[language], above.locale, now), topic)
        event = pages.lay(above, event_page(WORDS[language], gathering), event)


def topic_page(words: dict, locale, now: datetime) -> NewsPage:
    title, summary = words["topic"]
    keys = Product.objects.filter(upc__in=GOODS).values_list("pk", flat=True)
    stories = StoryPage.objects.live().filter(locale=locale, is_sample=True)
    page = NewsPage(
        title=title,
        slug="new-rice",
        kind=NewsPage.Kind.TOPIC,
        summary=summary,
        date=timezone.localdate(now),
        picture=pages.photo("样例：一袋新米", "qqhr-rice", description="一袋新米（示意图）"),
        expire_at=now + timedelta(days=TOPIC_DAYS),
        body="[]",
    )
    blocks: list[tuple[str, Any]] = [
        ("shelf", {"heading": words["goods"], "goods": [Listing(pk=key) for key in keys], "rule": ""}),
        ("stories", {"heading": words["stories"], "stories": list(stories)}),
    ]
    page.body = blocks
    return page


def event_page(words: dict, gathering: Gathering) -> NewsPage:
    title, summary = words["event"]
    page = NewsPage(
        title=title,
        slug=gathering.code,
        kind=NewsPage.Kind.EVENT,
        summary=summary,
        date=timezone.localdate(),
        gathering=gathering,
        course=Course.objects.get(code=CODE),
        expire_at=gathering.starts_at + timedelta(days=1),
        body="[]",
    )
    page.body = [("text", words["text"])]
    return page


def planned(now: datetime) -> Gathering:
    """Three seats and four people: the last of them waits."""
    begins = (now + timedelta(days=EVENT_DAYS)).replace(hour=1, minute=0, second=0, microsecond=0)
    gathering = registering.plan(
        gathering=Gathering(
            code="questions-on-site",
            title=WORDS["zh-hans"]["event"][0],
            title_en=WORDS["en"]["event"][0],
            area=AREA,
            venue="示例培训教室",
            venue_en="Sample classroom",
            starts_at=begins,
            ends_at=begins + timedelta(hours=3),
            seats=3,
        ),
        by=accounts.by_ending("12"),
    )
    for nth, ending in enumerate((*ONLINE, "02")):
        user = accounts.by_ending(ending)
        at = now - timedelta(hours=9 - nth)
        registering.register(gathering=gathering, name="", by=user, at=at)
    return gathering
