"""What the front page and topic pages are built of: goods, shops, stories, courses, news, figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.choosers import ListingChooserBlock, SellerChooserBlock

from .base import OurBlock
from .stories import DeclaredFigureBlock, LiveFigureBlock, StoryBlocks


class Rule(blocks.ChoiceBlock):
    """Which goods are shown where none are chosen."""

    IN_SEASON, STAPLES, NEWEST = "in_season", "staples", "newest"
    choices = [
        (IN_SEASON, _("In season now")),
        (STAPLES, _("Good to keep in the house")),
        (NEWEST, _("Newest first")),
    ]


class HeadedBlock(OurBlock):
    """A part of the page with a heading over it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=40)


class GreetingBlock(OurBlock):
    """The season's greeting: the page's own headline over its scene."""

    class Meta:
        icon = "home"
        label = _("Greeting")
        template = "cms/home/greeting.html"


class CategoriesBlock(OurBlock):
    class Meta:
        icon = "list-ul"
        label = _("Product categories")
        template = "cms/home/categories.html"


class PromisesBlock(OurBlock):
    class Meta:
        icon = "info-circle"
        label = _("How buying works")
        template = "cms/home/promises.html"


class ShelfBlock(HeadedBlock):
    """Goods of the editor's choice, or by a rule."""

    goods = blocks.ListBlock(ListingChooserBlock(), label=_("Chosen products"), max_num=12, default=[])
    rule = Rule(label=_("Or by a rule"), required=False)

    class Meta:
        icon = "tag"
        label = _("Products")
        template = "cms/home/shelf.html"


class ShopsBlock(HeadedBlock):
    sellers = blocks.ListBlock(SellerChooserBlock(), label=_("Chosen shops"), max_num=12, default=[])

    class Meta:
        icon = "group"
        label = _("Shops")
        template = "cms/home/shops.html"


class StoriesBlock(HeadedBlock):
    stories = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="cms.StoryPage"), label=_("Chosen stories"), max_num=6, default=[]
    )

    class Meta:
        icon = "openquote"
        label = _("Stories")
        template = "cms/home/stories.html"


class CoursesBlock(HeadedBlock):
    class Meta:
        icon = "form"
        label = _("Training")
        template = "cms/home/courses.html"


class NewsBlock(HeadedBlock):
    class Meta:
        icon = "date"
        label = _("News")
        template = "cms/home/news.html"


class FiguresBlock(HeadedBlock):
    """Figures beside each other, counted and declared; never added."""

    figures = blocks.StreamBlock(
        [("live_figure", LiveFigureBlock()), ("declared_figure", DeclaredFigureBlock())], label=_("Figures"), max_num=6
    )

    class Meta:
        icon = "history"
        label = _("In figures")
        template = "cms/home/figures.html"


class HomeBlocks(blocks.StreamBlock):
    greeting = GreetingBlock()
    categories = CategoriesBlock()
    shelf = ShelfBlock()
    promises = PromisesBlock()
    shops = ShopsBlock()
    stories = StoriesBlock()
    courses = CoursesBlock()
    news = NewsBlock()
    figures = FiguresBlock()

    class Meta:
        required = False
        block_counts = {name: {"max_num": 1} for name in ("greeting", "categories", "promises")}


class TopicBlocks(StoryBlocks):
    """A news or topic page: text, and what it speaks of."""

    shelf = ShelfBlock()
    stories = StoriesBlock()

    class Meta:
        required = False
