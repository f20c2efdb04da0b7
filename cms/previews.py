"""Sample data of every block: made up, in the reader's language, and never written anywhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import blocks

from cms.blocks.home import HomeBlocks, TopicBlocks
from cms.blocks.lessons import LessonBlocks
from cms.pictures import SIZES
from cms.stories.figures import LiveFigure
from cms.training.learning import Paper, Study, asked
from marketplace.core import gallery
from marketplace.core.figures import QualifiedFigure, Qualifier, Unit

STREAMS = (HomeBlocks, TopicBlocks, LessonBlocks)
SIDE = 400
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class SamplePicture:
    """What a page asks of a picture."""

    default_alt_text: str = field(default_factory=lambda: _("Sample oranges 5 kg"))

    def get_renditions(self, *sizes: str) -> dict:
        one = SimpleNamespace(url=static("marketplace/img/sample-orange.webp"), width=SIDE, height=SIDE)
        return dict.fromkeys(SIZES, one)


def sample_file(extension: str) -> SimpleNamespace:
    return SimpleNamespace(url="#", file_size=180_000, file_extension=extension)


def sample_page() -> SimpleNamespace:
    """A story, a course or a piece of news on its card."""
    return SimpleNamespace(
        title=_("Sample title"),
        summary=_("Sample text"),
        relative="about/",
        picture=SamplePicture(),
        picture_alt="",
        person=_("Sample person"),
        is_sample=True,
        date=timezone.localdate(),
        get_kind_display=_("News"),
    )


def shop() -> dict:
    return {"get_absolute_url": "#", "display_name": _("Sample grain shop"), "area": gallery.XINFENG}


def live() -> LiveFigure:
    return LiveFigure(
        QualifiedFigure(Decimal("12.4"), Unit.TONNE, Qualifier.AT_LEAST), _("Sample text"), SINCE, timezone.localdate()
    )


def question() -> dict:
    options = [{"text": _("Answer"), "is_right": False}, {"text": _("Right"), "is_right": True}]
    return {"question": _("Question"), "options": options, "explanation": _("Explanation")}


def declared() -> dict:
    return {
        "value": Decimal(120),
        "unit": Unit.PRODUCT,
        "qualifier": Qualifier.AT_LEAST,
        "label": _("Sample text"),
        "as_of": date(2016, 10, 17),
        "source": _("Sample source"),
    }


SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "cms/home/greeting.html": dict,
    "cms/home/categories.html": dict,
    "cms/home/promises.html": dict,
    "cms/home/shelf.html": lambda: {"heading": _("In season now"), "goods": [], "rule": "in_season"},
    "cms/home/shops.html": lambda: {"heading": _("Shops")},
    "cms/home/stories.html": lambda: {"heading": _("Stories")},
    "cms/home/courses.html": lambda: {"heading": _("Training")},
    "cms/home/news.html": lambda: {"heading": _("News")},
    "cms/home/figures.html": lambda: {"heading": _("In figures"), "figures": []},
    "cms/blocks/quote.html": lambda: {"text": _("Sample text"), "by": _("Sample person")},
    "cms/blocks/live_figure.html": lambda: {"label": _("Sample text"), "since": SINCE},
    "cms/blocks/declared_figure.html": declared,
    "cms/blocks/goods.html": lambda: {"heading": _("Products by choice"), "goods": gallery.listings()},
    "cms/blocks/picture.html": lambda: {"picture": SamplePicture(), "caption": _("Caption")},
    "cms/blocks/note.html": lambda: {"text": _("Sample text")},
    "cms/blocks/download.html": lambda: {"title": _("Sample title"), "file": sample_file("pdf")},
    "cms/blocks/pair.html": lambda: {
        "good": SamplePicture(),
        "good_why": _("Sample text"),
        "bad": SamplePicture(),
        "bad_why": _("Sample text"),
    },
    "cms/blocks/checklist.html": lambda: {"title": _("Checklist"), "items_to_tick": [_("Sample text")] * 2},
    "cms/blocks/audio.html": lambda: {"title": _("Sample title"), "file": sample_file("mp3")},
    "cms/blocks/video.html": lambda: {"title": _("Sample title"), "file": sample_file("mp4")},
    "cms/training/task.html": lambda: {"title": _("Sample title"), "text": _("Sample text"), "kind": "reviewed"},
    "cms/training/quiz.html": lambda: {"questions": [question()]},
}
"""By the template of the block, which each thing has one of."""

SHOWN: dict[str, Callable[[], list]] = {
    "cms/home/shelf.html": gallery.listings,
    "cms/home/shops.html": lambda: [shop()],
    "cms/home/stories.html": lambda: [sample_page()],
    "cms/home/courses.html": lambda: [sample_page()],
    "cms/home/news.html": lambda: [sample_page()],
    "cms/home/categories.html": lambda: [{"slug": "sample", "pk": 1, "display_name": _("Sample oranges 5 kg")}],
}
"""What such a block would find in the shop or among the pages."""


def sample_of(block: blocks.StructBlock):
    """The block's value with sample data in it."""
    name = block.meta.template
    value = block.meta.value_class(block, SAMPLES[name]().items())
    value.shown = SHOWN[name]() if name in SHOWN else []
    value.live = live()
    if name == "cms/home/figures.html":
        parts = block.child_blocks["figures"].child_blocks
        value["figures"] = [blocks.BoundBlock(part, sample_of(part)) for part in parts.values()]
    return value


def around() -> dict[str, Any]:
    """What the page around a block would give it."""
    page = SimpleNamespace(headline=_("Sample title"), introduction=_("Sample text"), slug="sample")
    sent = {"question": _("Question"), "options": question()["options"], "explanation": _("Explanation")}
    return {
        "page": page,
        "course": page,
        "month": timezone.localdate().month,
        "products_url": reverse("catalogue:index"),
        "study": Study(),
        "paper": Paper(questions=(asked(sent, None, False),)),
        "task": SAMPLES["cms/training/task.html"](),
    }


def all_blocks() -> Iterator[tuple[str, SafeString]]:
    """Each thing once: what editors call it, and how it looks."""
    seen: set[str] = set()
    for stream in STREAMS:
        for block in stream().child_blocks.values():
            if block.meta.template not in seen:
                seen.add(block.meta.template)
                yield str(block.label), block.render(block.get_preview_value(), context=around())
