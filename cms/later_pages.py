"""What sites got after their first pages: sections below the front page, its blocks, and versions of binding texts.

``apps`` is the registry to take models from: that of a migration, or Django's own.
"""

import uuid
from datetime import date

from .first_pages import LANGUAGES, STEP, lay_page


def lay_section(apps, kind: str, slug: str, titles: dict[str, str], **columns) -> None:
    """Put one page of this kind below the home page of every language, unless something stands at its address."""
    HomePage, Page = apps.get_model("cms", "HomePage"), apps.get_model("wagtailcore", "Page")
    key = uuid.uuid4()
    for home in HomePage.objects.select_related("locale").order_by("path"):
        below = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1).order_by("path")
        if below.filter(slug=slug).exists():
            continue
        last = below.last()
        place = _next_step(last.path if last else home.path + "0" * STEP)
        language = home.locale.language_code
        lay_page(
            apps,
            kind,
            path=place,
            slug=slug,
            url_path=f"{home.url_path}{slug}/",
            title=titles.get(language, titles[LANGUAGES[0]]),
            numchild=0,
            locale_id=home.locale_id,
            translation_key=key,
            **columns,
        )
        Page.objects.filter(pk=home.pk).update(numchild=below.count())


BINDING, FIRST_VERSION, FIRST_DAY = ("rules", "terms", "privacy"), "2026-11", date(2026, 11, 1)


def give_versions(apps) -> None:
    """The texts that bind people begin with a first version, the one people agree to when they sign up."""
    versions = apps.get_model("cms", "TextVersion").objects
    for page in apps.get_model("cms", "ContentPage").objects.filter(slug__in=BINDING, version=""):
        page.version, page.effective_on = FIRST_VERSION, FIRST_DAY
        page.save()
        first = {"effective_on": FIRST_DAY, "body": page.body}
        versions.get_or_create(page=page, version=FIRST_VERSION, defaults=first)


HEADINGS = {
    "zh-hans": ("正当季", "家里常备", "店铺", "故事", "培训", "新鲜事"),
    "en": ("In season now", "Good to keep in the house", "Shops", "Stories", "Training", "News"),
}


def build_home(apps) -> None:
    """Give front pages that have no blocks yet the usual ones."""
    for home in apps.get_model("cms", "HomePage").objects.select_related("locale"):
        if home.body:
            continue
        season, staples, shops, stories, training, news = HEADINGS.get(home.locale.language_code, HEADINGS["en"])
        home.body = [
            {"type": "greeting", "value": {}},
            {"type": "categories", "value": {}},
            {"type": "shelf", "value": {"heading": season, "goods": [], "rule": "in_season"}},
            {"type": "promises", "value": {}},
            {"type": "shelf", "value": {"heading": staples, "goods": [], "rule": "staples"}},
            {"type": "stories", "value": {"heading": stories, "stories": []}},
            {"type": "courses", "value": {"heading": training}},
            {"type": "news", "value": {"heading": news}},
            {"type": "shops", "value": {"heading": shops, "sellers": []}},
        ]
        home.save()


def _next_step(path: str) -> str:
    """The path beside this one; steps count in base 36."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    number, head = int(path[-STEP:], 36) + 1, path[:-STEP]
    step = ""
    for _place in range(STEP):
        number, rest = divmod(number, 36)
        step = digits[rest] + step
    return head + step
