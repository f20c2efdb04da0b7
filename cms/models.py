"""Pages that editors write. The shop shows them; it does not know them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

RICH_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr", "blockquote"]


class HomePage(Page):
    """The front page: a season's greeting above what the shop itself knows to show."""

    headline = models.CharField(_("Headline"), max_length=60, blank=True)
    introduction = models.CharField(_("Introduction"), max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    template = "cms/home.html"
    max_count_per_parent = 1
    subpage_types = ["cms.ContentPage"]

    class Meta:
        verbose_name = _("Home page")

    def get_context(self, request, *args, **kwargs):
        from marketplace.catalogue.shelves import home_shelves

        return super().get_context(request, *args, **kwargs) | home_shelves()


class ContentPage(Page):
    """A plain page of text: about us, rules, privacy."""

    body = RichTextField(_("Text"), features=RICH_FEATURES, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "cms/content.html"
    parent_page_types = ["cms.HomePage", "cms.ContentPage"]

    class Meta:
        verbose_name = _("Content page")
