"""Stories of people, and the rule that none is shown without what it stands on."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from cms import pictures
from cms.blocks.stories import StoryBlocks
from cms.models.base import OurPage
from cms.stories import consents, figures
from cms.stories.refusal import NothingToStandOn
from marketplace.core import audit
from marketplace.core.fields import AreaField
from marketplace.core.stamps import CONSENT, GOODS, PAGES, SALES

STORIES_PER_PAGE = 12
SCHEDULED = "wagtail.publish.scheduled"


class StoriesPage(OurPage, Page):
    """All stories, the latest first."""

    introduction = models.CharField(_("Introduction"), max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/stories/index.html"
    made_of = (PAGES, CONSENT)
    max_count_per_parent = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]

    class Meta:
        verbose_name = _("Stories page")

    def get_context(self, request, *args, **kwargs):
        live = StoryPage.objects.child_of(self).live().defer("body")
        page = Paginator(live.order_by("-first_published_at", "-pk"), STORIES_PER_PAGE).get_page(
            request.GET.get("page")
        )
        pictures.fetch_for(page)
        return super().get_context(request, *args, **kwargs) | {"stories": page}


class Objection(models.Model):
    """Somebody whom a published account names does not want it here. ``key`` is the story in all its languages."""

    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self):
        return str(self.key)


class StoryPage(OurPage, Page):
    """One person's story, or an account already published of somebody, told no further than its source tells it."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("The person agreed")
        PUBLISHED = "published", _("Published before, with source and date")

    basis = models.CharField(_("Stands on"), max_length=10, choices=Basis.choices, default=Basis.CONSENT)
    source = models.CharField(_("Source"), max_length=120, blank=True)
    source_date = models.DateField(_("Published on"), null=True, blank=True)
    person = models.CharField(_("Whose story"), max_length=60, blank=True)
    is_minor = models.BooleanField(_("Under 18"), default=False)
    is_sample = models.BooleanField(_("Made up for demonstration"), default=False)
    organisation = models.CharField(_("Organisation"), max_length=80, blank=True)
    area = AreaField(_("Place"), blank=True)
    summary = models.CharField(_("Summary"), max_length=160)
    picture = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Picture"),
    )
    picture_alt = models.CharField(_("What the picture shows"), max_length=120, blank=True)
    seller = models.ForeignKey(
        "partner.Partner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Seller"),
    )
    course = models.ForeignKey(
        "learning.Course",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Course"),
    )
    body = StreamField(StoryBlocks(), blank=True, verbose_name=_("Text"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("basis", "is_minor", "source", "source_date")],
            heading=_("What it stands on"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("person", "organisation", "area", "seller", "course")],
            heading=_("Who and where"),
        ),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("person"), index.SearchField("summary")]
    template = "cms/stories/story.html"
    reads_along = ("seller", "course")
    made_of = (PAGES, CONSENT, GOODS, SALES)
    parent_page_types = ["cms.StoriesPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("Story")

    @classmethod
    def get_indexed_objects(cls):
        """Search knows live stories only."""
        return super().get_indexed_objects().filter(live=True)

    @property
    def key(self):
        """What all languages of the story share, and an alias shares with its source."""
        return self.alias_of.translation_key if self.alias_of_id else self.translation_key

    @property
    def relative(self) -> str:
        """The address below the front page, known without asking the database."""
        return f"stories/{self.slug}/"

    def clean(self):
        super().clean()
        errors = {}
        if self.picture_id and not self.picture_alt:
            errors["picture_alt"] = ValidationError(_("Say what the picture shows, for those who cannot see it."))
        if self.basis == self.Basis.PUBLISHED:
            errors |= self.errors_of_an_account()
        if errors:
            raise ValidationError(errors)

    def errors_of_an_account(self) -> dict:
        """A published account has a source and a date, and no more than they say."""
        errors: dict[str, Any] = {}
        for name in ("source", "source_date"):
            if not getattr(self, name):
                errors[name] = ValidationError(_("A published account needs its source and date."))
        if self.seller_id or any(block.block_type in {"live_figure", "goods"} for block in self.body):
            errors["seller"] = ValidationError(
                _("A published account says no more than its source: no shop, goods or figures of ours.")
            )
        return errors

    def standing(self):
        """The agreement it stands on, True for a published account nobody objected to, or None."""
        if self.basis == self.Basis.CONSENT:
            return consents.living(self.key, is_minor=self.is_minor)
        is_sourced = bool(self.source and self.source_date)
        return is_sourced and not Objection.objects.filter(key=self.key).exists() or None

    def is_for_anybody(self) -> bool:
        return super().is_for_anybody() and bool(self.standing())

    def save(self, *args, **kwargs):
        """No way leads past this: a new page without standing is born a draft, an existing one does not go live."""
        names = kwargs.get("update_fields")
        if self.live and (names is None or "live" in names) and not self.standing():
            if not self._state.adding:
                raise NothingToStandOn(self.pk)
            self.live = False
            self.has_unpublished_changes = True
        super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Now or later: both need the standing today. A schedule that has lost it is dropped, and others go on."""
        if not revision.as_object().standing():
            if kwargs.get("log_action") != SCHEDULED:
                raise NothingToStandOn(self.pk)
            self.revisions.update(approved_go_live_at=None)
            audit.record("story.not_published", of=self, by=kwargs.get("user"))
            return
        super().publish(revision, *args, **kwargs)

    def pictures(self) -> list:
        """Every picture on the page."""
        return [picture for picture in (self.picture, *pictures.of_stream(self.body)) if picture]

    def live_figures(self) -> list:
        return [block.value for block in self.body if block.block_type == "live_figure"]

    def serve(self, request, *args, **kwargs):
        """Gone the moment its standing is gone, whoever withdrew it."""
        self.stands_on = self.standing()
        if not self.stands_on and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        pictures.fetch_all_of(self)
        figures.compute(self.live_figures())
        is_figure = {"live_figure", "declared_figure"}
        return super().get_context(request, *args, **kwargs) | {
            "consent": getattr(self, "stands_on", None),
            "figures": [block for block in self.body if block.block_type in is_figure],
            "told": [block for block in self.body if block.block_type not in is_figure],
        }
