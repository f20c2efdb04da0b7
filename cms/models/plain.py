"""The front page and plain pages of text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms import reading
from cms.blocks.home import HomeBlocks
from cms.models.base import OurPage
from marketplace.core.stamps import CONSENT, GOODS, PAGES, SALES


class HomePage(OurPage, Page):
    """The front page, built of blocks: a greeting, shelves of goods, shops, stories, courses, news, figures."""

    headline = models.CharField(_("Headline over the picture"), max_length=60, blank=True)
    introduction = models.CharField(_("Introduction"), max_length=200, blank=True)

    body = StreamField(HomeBlocks(), blank=True, verbose_name=_("Blocks"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    template = "cms/home.html"
    made_of = (PAGES, CONSENT, GOODS, SALES)
    is_readers = False
    max_count_per_parent = 1
    subpage_types = ["cms.ContentPage", "cms.TrainingPage", "cms.StoriesPage", "cms.NewsIndexPage"]

    class Meta:
        verbose_name = _("Home page")

    def route(self, request, path_components):
        """Pages are found by their whole address at once, not level by level. The front page that was remembered only leads to
        others; to be read itself it is fetched anew."""
        if path_components:
            found = reading.at(f"{self.url_path}{'/'.join(path_components)}/")
            return RouteResult(found) if found else super().route(request, path_components)
        here = reading.as_it_stands(self) if self.is_readers else self
        return Page.route(here, request, path_components)

    @property
    def localized(self):
        """Itself, once it was found for the reader's language (``cms.sites``)."""
        return self if self.is_readers else super().localized

    def get_context(self, request, *args, **kwargs):
        from cms.furnishing import furnish

        cupboard = furnish(self.body, self.locale_id)
        return super().get_context(request, *args, **kwargs) | {"month": cupboard.month}
