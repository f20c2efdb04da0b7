"""News, topic pages that expire by themselves, and events."""

from datetime import datetime

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms import pictures
from cms.blocks.home import TopicBlocks
from cms.models.base import OurPage
from marketplace.core.text import words_of

NEWS_PER_PAGE = 12


class TimedQuerySet(PageQuerySet):
    def current(self, now: datetime | None = None):
        """Live, and not past their time, whether or not the clock has taken them down yet."""
        return self.live().filter(Q(expire_at=None) | Q(expire_at__gt=now or timezone.now()))


TimedManager = PageManager.from_queryset(TimedQuerySet)


class NewsIndexPage(OurPage, Page):
    """News, topics and events, the latest first."""

    content_panels = Page.content_panels
    template = "cms/news/index.html"
    max_count_per_parent = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("News index")

    def get_context(self, request, *args, **kwargs):
        live = NewsPage.objects.child_of(self).current().defer("body")
        page = Paginator(live.order_by("-date", "-pk"), NEWS_PER_PAGE).get_page(request.GET.get("page"))
        pictures.fetch_for(page)
        return super().get_context(request, *args, **kwargs) | {"news": page}


class NewsPage(OurPage, Page):
    """A piece of news, a topic with its goods and stories, or an event with its days and place."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        TOPIC = "topic", _("Topic")
        EVENT = "event", _("Event")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    get_kind_display = words_of("kind", Kind)
    date = models.DateField(_("Date"), default=timezone.localdate)
    summary = models.CharField(_("Summary"), max_length=160, blank=True)
    picture = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Picture"),
    )
    starts_at = models.DateTimeField(_("Begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("Ends"), null=True, blank=True)
    venue = models.CharField(_("Venue"), max_length=120, blank=True)
    gathering = models.ForeignKey(
        "learning.Gathering",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Event to enrol in"),
        help_text=_("Planned in the workspace; the page then shows its time, place and seats."),
    )
    course = models.ForeignKey(
        "learning.Course",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Course to enrol in"),
    )
    body = StreamField(TopicBlocks(), blank=True, verbose_name=_("Text"))

    objects = TimedManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("gathering", "starts_at", "ends_at", "venue", "course")],
            heading=_("For events"),
        ),
        FieldPanel("body"),
    ]
    template = "cms/news/page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("News page")

    @property
    def relative(self) -> str:
        """The address below the front page."""
        return f"news/{self.slug}/"

    def serve(self, request, *args, **kwargs):
        """Past its time it is gone at once, even before the clock has taken it down."""
        if self.is_past() and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from cms.furnishing import furnish

        furnish(self.body, self.locale_id)
        pictures.fetch_all_of(self)
        return super().get_context(request, *args, **kwargs)
