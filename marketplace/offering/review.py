"""What reviewers do with drafts, and what of a draft needs them at all."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, events
from marketplace.core.notices import saying

from . import claims, publishing
from .forms import ListingForm
from .models import Decision, Draft, Verdict
from .news import SEEN, tell_who_offers
from .shelf import ShelfTab
from .words import Difference, differences, words_of

GIVEN_BACK = {
    Verdict.ASK: _("Please change something in %(title)s"),
    Verdict.REJECT: _("%(title)s was not approved"),
}


def changes_of(draft: Draft, form: ListingForm) -> list[Difference]:
    """What the draft would change on the live page; everything it says where there is none."""
    return differences(words_of(draft.product) if draft.product else {}, draft.words, form)


def needs_review(draft: Draft, form: ListingForm) -> bool:
    """True for a good that is not live yet, for other pictures, for words without their certificate or above all others, and
    for every change but harmless ones."""
    if draft.product is None or pictures_of(draft.product) != shown_in(draft):
        return True
    if claims.doubtful(draft, timezone.localdate()):
        return True
    return any(change.is_risky for change in changes_of(draft, form))


def pictures_of(product) -> list[str]:
    """Names of the pictures buyers see, in their order."""
    return [image.original.name for image in product.images.all() if not image.is_long] if product else []


def shown_in(draft: Draft) -> list[str]:
    return [photo.name for photo in draft.photos.all()]


@transaction.atomic
def decide(*, draft: Draft, verdict: str, note: str, by, at, read: str | None = None) -> Decision:
    """Approve, ask for a change, or reject, once. Only approving touches the live page. ``read`` is the mark of what was read.

    Raises IllegalMove if the draft is not waiting any more, Unread if its seller has changed it meanwhile, NotReady if it cannot
    be approved as it stands today.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("seller", "product").get(pk=draft.pk)
    draft.move(verdict)
    draft.refuse_unread(read)
    decision = Decision.objects.create(
        draft=draft,
        verdict=verdict,
        note=note.strip(),
        by=by,
        at=at,
        before=words_of(draft.product) if draft.product else {},
        after=draft.words,
        pictures_before=pictures_of(draft.product),
        pictures_after=shown_in(draft),
    )
    if verdict == Verdict.APPROVE:
        draft.product = publishing.publish(draft)
        if draft.product.is_public:
            events.announce("listing_published", product=draft.product.pk, seller=draft.seller_id)
    draft.save(update_fields=["state", "product"])
    audit.record(
        f"draft.{verdict}", of=draft, by=by, doubtful="、".join(claims.doubtful(draft, timezone.localdate(at)))
    )
    tell_seller(decision)
    return decision


def tell_seller(decision: Decision) -> None:
    """A notice to everybody who offers goods for this seller."""
    draft = decision.draft
    with translation.override(settings.LANGUAGE_CODE):
        words, body, link = told(draft, Verdict(decision.verdict))
    said = {"subject": saying(words, title=draft.title), "body": decision.note or body, "link": link}
    tell_who_offers(draft.seller, cause=f"draft_decided:{decision.pk}", **said)


def told(draft: Draft, verdict: Verdict) -> tuple[Promise, Promise | str, str]:
    """What was decided, what follows from it, and where to look."""
    if verdict != Verdict.APPROVE:
        return GIVEN_BACK[verdict], "", draft.get_absolute_url()
    if draft.product.is_public:
        return _("%(title)s is on sale"), SEEN, draft.product.get_absolute_url()
    off = f"{reverse('seller:products')}?tab={ShelfTab.OFF}"
    return _("The changes of %(title)s are approved"), _("It stays off the shelf."), off
