"""What is done with the agreement a story stands on."""

from datetime import datetime

from django.db import transaction
from wagtail.models import ReferenceIndex
from wagtail.search import index

from cms.models import Objection, StoryPage
from marketplace.core import audit

from . import consents


def record_consent(*, story: StoryPage, at: datetime, guardian: str, by):
    """Note that the person agreed; the same text twice changes nothing."""
    return consents.give(key=story.key, at=at, guardian=guardian, by=by)


@transaction.atomic
def withdraw_consent(*, story: StoryPage, at: datetime, by) -> None:
    """The person no longer agrees: every page of the story, its pictures and its search entry go with this transaction."""
    consents.withdraw(key=story.key, at=at, by=by)
    take_down(story, by=by)


@transaction.atomic
def object_to(*, story: StoryPage, at: datetime, by) -> None:
    """Somebody whom a published account names does not want it here: it goes and does not come back."""
    Objection.objects.get_or_create(key=story.key, defaults={"at": at, "by": by})
    audit.record("story.objected", of=story, by=by)
    take_down(story, by=by)


def take_down(story: StoryPage, *, by) -> None:
    """In all languages, with aliases, schedules, search entries, and pictures no other page uses."""
    pages = list(StoryPage.objects.filter(translation_key=story.key))
    pages += list(StoryPage.objects.filter(alias_of__in=pages))
    shown = {picture.pk: picture for page in pages for picture in page.pictures()}
    for page in pages:
        page.revisions.update(approved_go_live_at=None)
        if page.live:
            page.unpublish(user=by)
        index.remove_object(page)
        audit.record("story.taken_down", of=page, by=by)
    own = {str(page.pk) for page in pages}
    for picture in shown.values():
        if not used_elsewhere(picture, own):
            picture.delete()


def used_elsewhere(picture, own: set[str]) -> bool:
    """True if a page other than these shows the picture."""
    uses = ReferenceIndex.get_references_to(picture).values_list("object_id", flat=True)
    return any(used not in own for used in uses)
