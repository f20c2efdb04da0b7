"""Plain pages of text; those that bind people have versions, and a week's notice before a new one holds."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.differences import differences
from cms.models.base import OurPage
from cms.written import WrittenField, clean

NOTICE_DAYS = 7


class ContentPage(OurPage, Page):
    """A plain page of text: about us, rules, privacy. With a version, what holds today is that version's text."""

    body = WrittenField(_("Text"), blank=True)
    version = models.CharField(_("Version"), max_length=20, blank=True)
    effective_on = models.DateField(_("Takes effect"), null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("version"), FieldPanel("effective_on")], heading=_("For rules and terms")),
        FieldPanel("body"),
    ]
    template = "cms/content.html"
    parent_page_types = ["cms.HomePage", "cms.ContentPage"]

    class Meta:
        verbose_name = _("Content page")

    def clean(self):
        super().clean()
        if self.version and not self.effective_on:
            raise ValidationError({"effective_on": _("A version needs the day on which it takes effect.")})
        if self.pk and self.version:
            self.check_version(list(self.versions.all()))

    def check_version(self, earlier: list["TextVersion"]) -> None:
        """A version that was published stays as it is; a new one is announced a week before."""
        same = next((each for each in earlier if each.version == self.version), None)
        if same and (same.body != clean(self.body) or same.effective_on != self.effective_on):
            raise ValidationError(
                {"version": _("This version was published already. Give the changed text a new one.")}
            )
        first = timezone.localdate() + timedelta(days=NOTICE_DAYS)
        if earlier and not same and self.effective_on and self.effective_on < first:
            raise ValidationError({"effective_on": _("A new version takes effect seven days after it is announced.")})

    def get_context(self, request, *args, **kwargs):
        known = list(self.versions.all())
        asked = next((each for each in known if each.version == request.GET.get("version")), None)
        today = timezone.localdate()
        in_force = next((each for each in known if each.effective_on <= today), known[-1] if known else None)
        shown = asked or in_force
        before = next((each for each in known if shown and each.effective_on < shown.effective_on), None)
        is_compared = bool(shown and before and "differences" in request.GET)
        return super().get_context(request, *args, **kwargs) | {
            "shown": shown,
            "text": shown.body if shown else self.body,
            "in_force": in_force,
            "coming": next((each for each in reversed(known) if each.effective_on > today and each != in_force), None),
            "versions": known,
            "before": before,
            "changes": differences(before.body, shown.body) if is_compared else [],
        }


class TextVersion(models.Model):
    """One version of a text as it was published. Never altered."""

    page = models.ForeignKey(ContentPage, on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=20)
    effective_on = models.DateField()
    body = models.TextField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["page", "version"], name="text_version_once_per_page")]

    def __str__(self):
        return self.version
