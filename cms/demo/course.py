"""The first course: from a bag of rice to the first order, eight lessons written for this site."""

import json
from pathlib import Path
from typing import Any

from cms.models import CoursePage, LessonPage, TrainingPage
from incubator.learning.models import Course
from marketplace.core.tables import write_xlsx

from . import pages

FOLDER = Path(__file__).with_name("course")
CODE = "first-order"
WORDS = {
    "zh-hans": {
        "title": "从一袋米到第一单",
        "summary": "八个课时，从拍照到发货，学完就能在自己的店里卖出第一单。",
        "introduction": "一部手机就能学，打开过的课时没有网络也能看。",
        "intro": "<h2>学什么</h2><p>拍照、写标题、称重定价、运费、打包、售后、微信群、开店要知道的法律。三次测验，答对三分之二算合格，没过可以再来。</p><h2>学完以后</h2><p>课时学完、测验合格、第一件商品上了架，当场得到一张结业证书，上面有编号和二维码，谁都可以查验。</p>",
    },
    "en": {
        "title": "From a bag of rice to the first order",
        "summary": "Eight lessons from the photo to the parcel; at the end you can sell from a shop of your own.",
        "introduction": "A phone is all you need; lessons you have opened stay readable without a network.",
        "intro": "<h2>What you learn</h2><p>Photos, titles, weights and prices, freight, packing, complaints, chat groups, and the law in short. Three quizzes: two thirds right is a pass, and you may try again.</p><h2>At the end</h2><p>With all lessons learnt, all quizzes passed and your first product on the shelf you receive a certificate at once, with a number and a code that anybody can check.</p>",
    },
}
PRICING = {
    "zh-hans": ("项目", "金额（元）", ["米的成本", "袋子、纸箱、胶带", "平均运费", "坏损和补发", "工钱"]),
    "en": ("Item", "Yuan", ["Rice", "Bag, carton, tape", "Average freight", "Damage and replacements", "Your work"]),
}
AMOUNTS = (25, 4, 10, 1, 3)


def load() -> None:
    """The course with its pages in both languages."""
    words, words_en = (WORDS[language] for language in pages.LANGUAGES)
    course, _made = Course.objects.get_or_create(
        code=CODE, defaults={"title": words["title"], "title_en": words_en["title"]}
    )
    twins: dict[str, Any] = {}
    for language in pages.LANGUAGES:
        lay_course(course, language, twins)


def lay_course(course: Course, language: str, twins: dict[str, Any]) -> None:
    """The course in one language; ``twins`` holds the pages of the language before."""
    words = WORDS[language]
    school = pages.below(pages.home(language), "training")
    assert isinstance(school, TrainingPage)
    if not school.introduction:
        school.introduction = words["introduction"]
        school.save_revision().publish()
    page = pages.below(school, CODE)
    if page is None:
        cover = pages.photo("样例：一袋新米", "qqhr-rice", description="一袋新米，光从左侧来（示意图）")
        page = CoursePage(title=words["title"], slug=CODE, course=course, summary=words["summary"], picture=cover)
        page.body = [("text", words["intro"])]
        page = pages.lay(school, page, twins.get(CODE))
    twins[CODE] = page
    for file in sorted(FOLDER.glob("*.json")):
        lesson = json.loads(file.read_text(encoding="utf-8"))
        twins[lesson["slug"]] = lay_lesson(page, lesson, language, twins.get(lesson["slug"]))


def lay_lesson(course, lesson: dict, language: str, twin):
    """One lesson below its course."""
    found = pages.below(course, lesson["slug"])
    if found is not None:
        return found
    words = lesson[language]
    page = LessonPage(
        title=words["title"], slug=lesson["slug"], summary=words["summary"], minutes=lesson["minutes"], body="[]"
    )
    page.body = [block(kind, value, language) for part in words["body"] for kind, value in part.items()]
    return pages.lay(course, page, twin)


def block(kind: str, value, language: str) -> tuple[str, Any]:
    """A block as the page keeps it."""
    return kind, {
        "text": lambda: value,
        "note": lambda: {"text": value},
        "checklist": lambda: {"title": value[0], "items_to_tick": value[1:]},
        "pair": lambda: pair(*value),
        "download": lambda: {"title": value[1], "file": pricing_sheet(value[1], language)},
        "assignment": lambda: {"title": value[0], "text": value[1], "kind": value[2]},
        "quiz": lambda: {"questions": [question(*each) for each in value]},
    }[kind]()


def question(text: str, answers: list[str], right: int, explanation: str) -> dict:
    options = [{"text": answer, "is_right": place == right} for place, answer in enumerate(answers)]
    return {"question": text, "options": options, "explanation": explanation}


def pair(_good: str, alt: str, why: str, _bad: str, bad_alt: str, bad_why: str) -> dict:
    good = pages.photo("样例：一袋新米", "qqhr-rice", description=alt)
    bad = pages.photo("样例：没拍好的米", "qqhr-rice", description=bad_alt, spoilt=True)
    return {"good": said(good, alt), "good_why": why, "bad": said(bad, bad_alt), "bad_why": bad_why}


def said(image, alt: str):
    """The picture with words of its own in this place."""
    image.contextual_alt_text, image.decorative = alt, False
    return image


def pricing_sheet(title: str, language: str):
    item, yuan, rows = PRICING[language]
    data = write_xlsx([item, yuan], [*zip(rows, AMOUNTS, strict=True)], title=title)
    return pages.document(title, f"pricing-{language}.xlsx", data)
