"""What follows when pages change: kept ones are old, and a published version of a text is on record."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site
from wagtail.signals import page_published, post_page_move

from cms import frame
from cms.models import ContentPage, Frame, StoryPage, TextVersion
from cms.stories.refusal import NothingToStandOn
from cms.written import clean
from marketplace.core import stamps

SHOWN = (Page, AbstractImage, AbstractDocument, PageViewRestriction, Site, Locale, Frame)
"""What a page may show, or be hidden by."""


@receiver((post_save, post_delete))
def something_shown_changed(sender, raw=False, **kwargs):
    if not raw and issubclass(sender, SHOWN):
        tell_of_change()


@receiver(post_page_move)
def pages_moved(**kwargs):
    tell_of_change()


def tell_of_change() -> None:
    stamps.touch(stamps.PAGES)
    transaction.on_commit(frame.forget, robust=True)


@receiver(pre_save, sender=Revision)
def a_day_was_set(sender, instance, raw=False, **kwargs):
    """Wagtail's API sets the day of a version itself, past the page it is of: a story needs its standing there too."""
    if raw or instance.approved_go_live_at is None:
        return
    story = instance.as_object()
    if isinstance(story, StoryPage) and not story.standing():
        raise NothingToStandOn(story.pk)


@receiver(page_published, sender=ContentPage)
def keep_version(sender, instance, **kwargs):
    """A published version is kept as it was; the same one again adds nothing."""
    if instance.version:
        TextVersion.objects.get_or_create(
            page=instance,
            version=instance.version,
            defaults={"effective_on": instance.effective_on, "body": clean(instance.body)},
        )
