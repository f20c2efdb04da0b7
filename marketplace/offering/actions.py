"""What a seller does with drafts: keep, submit, take back, throw away, begin again from a good she sold before."""

import uuid
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalogue.models import Product
from marketplace.core import audit
from marketplace.core.states import IllegalMove

from . import photos
from .forms import NotReady, absent, bound_form
from .models import Draft, refuse_halted
from .publishing import publish
from .review import needs_review
from .states import OPEN, DraftState
from .words import words_of


@transaction.atomic
def keep(*, key: uuid.UUID, seller, words: dict | None, by, at) -> Draft:
    """Keep what was typed; the first time makes the draft. ``None`` keeps the words there are.

    Raises Draft.DoesNotExist for a key of another seller, IllegalMove while the draft is under review or done.
    """
    draft, made = Draft.objects.get_or_create(
        key=key, defaults={"seller": seller, "written_by": by, "started_at": at, "saved_at": at, "words": words or {}}
    )
    if draft.seller_id != seller.pk:
        raise Draft.DoesNotExist
    if not made:
        draft = photos.locked(draft)
        if words is not None:
            draft.words, draft.saved_at, draft.written_by = words, at, by
            draft.save(update_fields=["words", "saved_at", "written_by"])
    return draft


@transaction.atomic
def submit(*, draft: Draft, by, at) -> Draft:
    """Hand the draft to the reviewers; a change that needs none is live at once (the draft is then approved).

    Raises NotReady with everything that is missing, IllegalMove if it is with the reviewers already.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("seller", "product").get(pk=draft.pk)
    if not draft.is_editable:
        raise IllegalMove("submit", draft.state)
    form = bound_form(draft)
    if not form.is_valid() or not draft.photos.exists():
        raise NotReady(form, "" if draft.photos.exists() else _("A listing needs at least one photo."))
    draft.submitted_at = at
    reviewed = needs_review(draft, form)
    draft.move("submit" if reviewed else "apply")
    if not reviewed:
        publish(draft)
    draft.save(update_fields=["state", "submitted_at"])
    audit.record("draft.submitted", of=draft, by=by, state=draft.state)
    return draft


@transaction.atomic
def take_back(*, draft: Draft, by) -> Draft:
    """Get a draft back from the reviewers to change it. Raises IllegalMove once they have decided."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    draft.move("take_back")
    draft.save(update_fields=["state"])
    audit.record("draft.taken_back", of=draft, by=by)
    return draft


@transaction.atomic
def drop(*, draft: Draft, by) -> None:
    """Throw a draft away with its photos. Raises IllegalMove while it is under review."""
    draft = photos.locked(draft)
    for name in draft.photos.values_list("name", flat=True):
        transaction.on_commit(partial(photos.delete_unused, name))
    audit.record("draft.dropped", of=draft, by=by)
    draft.delete()


@transaction.atomic
def begin_edit(*, product: Product, by, at) -> Draft:
    """A draft that will change this good; the one already begun, if there is one."""
    Product.objects.locked(product.pk)  # two presses begin one draft
    found = Draft.objects.filter(product=product, state__in=OPEN).first()
    return found or copy_of(product, for_change=True, by=by, at=at)


@transaction.atomic
def sell_again(*, product: Product, by, at) -> Draft:
    """A new draft with everything this good says, to be sold beside it; an untouched one begun before is taken up again.

    Raises Refusal for what the marketplace keeps off the shelf.
    """
    Product.objects.locked(product.pk)
    refuse_halted(product)
    words = words_of(product)
    begun = Draft.objects.filter(seller=product.seller, product=None, state=DraftState.DRAFT, words=words)
    return begun.first() or copy_of(product, for_change=False, by=by, at=at)


def copy_of(product: Product, *, for_change: bool, by, at) -> Draft:
    """A draft with the product's words and photos."""
    words = words_of(product)
    left_out = absent(product) if for_change else ()
    draft = Draft.objects.create(
        seller_id=product.whole.seller_id,
        product=product if for_change else None,
        words={name: value for name, value in words.items() if name not in left_out},
        written_by=by,
        started_at=at,
        saved_at=at,
    )
    photos.copy([image for image in product.images.all() if not image.is_long], draft)
    return draft
