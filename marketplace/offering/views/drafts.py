"""The listing form: opened empty, kept while it is typed, submitted. It works without script; a script keeps it on the phone."""

import uuid

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.images import UnusablePicture
from marketplace.core.states import IllegalMove
from marketplace.core.text import PACKAGES, package_words
from marketplace.offering import actions, claims, photos
from marketplace.offering.forms import ListingForm, NotReady, PhotoForm, bound_form, initial_of
from marketplace.offering.models import MOST_PHOTOS, Draft
from marketplace.offering.shelf import ShelfTab
from marketplace.offering.states import DraftState
from marketplace.offering.words import usual_words, words_in
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can

REFUSALS = (UnusablePicture, photos.TooManyPhotos, IllegalMove)


def moved_on() -> str:
    return _("This listing is with the reviewers or done. Take it back to change it.")


def words_for(refusal: Exception) -> str:
    """A refusal in the reader's language."""
    return moved_on() if isinstance(refusal, IllegalMove) else refusal.for_people  # type: ignore[attr-defined]


def wants_json(request) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def listing_page(request, *, key, form, draft=None, status=200):
    """The form, with the draft's photos where there is one."""
    shown = {
        "key": key,
        "form": form,
        "draft": draft,
        "photos": list(draft.photos.all()) if draft else [],
        "most": MOST_PHOTOS,
        "chips": 4,
        "packages": [package_words(package) for package in PACKAGES],
        "decision": draft.decisions.first() if draft else None,
        "advice": claims.advice(draft.words) if draft else "",
    }
    return render(request, "marketplace/seller/listing.html", shown, status=status)


@require_safe
@seller_page(Can.LIST)
def new(request):
    """An empty form under a new key; nothing is written before something is sent."""
    words = usual_words(request.seller)
    form = ListingForm(initial=initial_of(words), seller=request.seller)
    return listing_page(request, key=uuid.uuid4(), form=form)


class DraftPage(SellerPage):
    """A draft: shown, kept, submitted. A key nobody has used yet begins a draft."""

    capability = Can.LIST

    def get(self, request, key):
        draft = own_draft(request, key)
        form = ListingForm(
            initial=initial_of(draft.words or usual_words(draft.seller)), seller=draft.seller, product=draft.product
        )
        return listing_page(request, key=key, form=form, draft=draft)

    def post(self, request, key):
        try:
            draft = actions.keep(
                key=key, seller=request.seller, words=words_in(request.POST), by=request.user, at=timezone.now()
            )
        except Draft.DoesNotExist:
            return own_draft(request, key)  # answers 404
        except IllegalMove as refusal:
            return self.refused(request, key, words_for(refusal))
        if wants_json(request):
            saved = timezone.localtime(draft.saved_at)
            told = {"saved": saved.strftime("%H:%M"), "at": saved.isoformat(), "advice": claims.advice(draft.words)}
            return JsonResponse(told | {"faults": bound_form(draft).errors})
        return self.carry_out(request, draft)

    def refused(self, request, key, said):
        if wants_json(request):
            return JsonResponse({"error": said}, status=409)
        messages.error(request, said)
        return redirect("seller:draft", key=key)

    def carry_out(self, request, draft):
        """Take in photos that came with the form, then do what the pressed button says."""
        for file in request.FILES.getlist("photos"):
            try:
                photos.add(draft=draft, key=photos.key_of(file), file=file)
            except photos.TooManyPhotos as refusal:
                messages.error(request, refusal.for_people)
                break
            except REFUSALS as refusal:
                messages.error(request, f"{file.name}: {words_for(refusal)}")
        verb, _colon, argument = request.POST.get("do", "").partition(":")
        steps = {"submit": self.submit, "remove": self.change_photo, "cover": self.change_photo, "frame": self.frame}
        if verb in steps:
            return steps[verb](request, draft, verb, argument)
        messages.success(request, _("Draft saved."))
        if advice := claims.advice(draft.words):
            messages.warning(request, advice)
        return redirect(draft)

    def submit(self, request, draft, verb, argument):
        try:
            draft = actions.submit(draft=draft, by=request.user, at=timezone.now())
        except NotReady as missing:
            if missing.for_people:
                messages.error(request, missing.for_people)
            return listing_page(request, key=draft.key, form=missing.form, draft=draft, status=422)
        except IllegalMove as refusal:
            return self.refused(request, draft.key, words_for(refusal))
        if draft.state == DraftState.APPROVED:
            messages.success(request, _("Changed. Buyers see it now."))
            return redirect("seller:products")
        messages.success(request, _("Submitted. The reviewers look at it, and you are told what they say."))
        if advice := claims.advice(draft.words):
            messages.warning(request, advice)
        return redirect(f"{reverse('seller:products')}?tab={ShelfTab.REVIEW}")

    def frame(self, request, draft, verb, argument):
        """Another part of a photo for lists: ``KEY:PER CENT``."""
        key, _colon, along = argument.partition(":")
        try:
            photos.frame(draft=draft, key=uuid.UUID(key), along=max(0, min(100, int(along))))
        except ValueError:
            messages.error(request, _("This photo is not there."))
        except IllegalMove as refusal:
            messages.error(request, words_for(refusal))
        return redirect(draft)

    def change_photo(self, request, draft, verb, argument):
        verbs = {"remove": photos.remove, "cover": photos.make_cover}
        try:
            verbs[verb](draft=draft, key=uuid.UUID(argument))
        except ValueError:
            messages.error(request, _("This photo is not there."))
        return redirect(draft)


def own_draft(request, key) -> Draft:
    """A draft of the seller she acts for; anybody else's is not there."""
    return get_object_or_404(Draft.objects.of(request.seller).select_related("product", "seller"), key=key)


@require_POST
@seller_page(Can.LIST)
def add_photo(request, key):
    """One photo under the id the phone gave it; again changes nothing. Answers JSON."""
    form = PhotoForm(request.POST, request.FILES)
    try:
        draft = actions.keep(key=key, seller=request.seller, words=None, by=request.user, at=timezone.now())
        if not form.is_valid():
            return JsonResponse({"error": _("Please choose a photo.")}, status=400)
        photo = photos.add(draft=draft, key=form.cleaned_data["id"], file=form.cleaned_data["photo"])
    except Draft.DoesNotExist:
        return own_draft(request, key)  # answers 404
    except REFUSALS as refusal:
        return JsonResponse({"error": words_for(refusal)}, status=409 if isinstance(refusal, IllegalMove) else 400)
    return JsonResponse({"id": str(photo.key), "url": photo.small_url})


@require_POST
@seller_page(Can.LIST)
def take_back(request, key):
    """Get a draft back from the reviewers."""
    draft = own_draft(request, key)
    try:
        actions.take_back(draft=draft, by=request.user)
        messages.success(request, _("You can change it now; submit it again when it is ready."))
    except IllegalMove:
        messages.error(request, _("The reviewers have decided already."))
    return redirect(draft)


@require_POST
@seller_page(Can.LIST)
def drop(request, key):
    """Throw a draft away."""
    draft = own_draft(request, key)
    try:
        actions.drop(draft=draft, by=request.user)
        messages.success(request, _("The draft is thrown away."))
    except IllegalMove as refusal:
        messages.error(request, words_for(refusal))
    return redirect(f"{reverse('seller:products')}?tab={ShelfTab.DRAFTS}")
