"""The room where an agreement is recorded and withdrawn."""

from datetime import datetime, time

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.models import Objection, StoryPage
from marketplace.core.seen import Unread

from . import actions, changes, consents
from .forms import ConsentForm


def story_of(request, pk: int) -> StoryPage:
    """A story this editor may publish."""
    story = get_object_or_404(StoryPage, pk=pk)
    if not story.permissions_for_user(request.user).can_publish():
        raise Http404
    return story


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request, pk):
    """What the story stands on; one button records an agreement, one that changed words were read, one withdraws it, one notes
    an objection."""
    story = story_of(request, pk)
    living = consents.living(story.key, is_minor=story.is_minor)
    is_asked = request.POST.get("do") in {"give", "again"}
    form = ConsentForm(request.POST if is_asked else None, is_minor=story.is_minor and not living)
    if request.method == "POST" and (not is_asked or form.is_valid()):
        DEEDS.get(request.POST.get("do", ""), nothing)(request, story, form)
        return redirect("story-consent", story.pk)
    shown = {
        "page": story,
        "form": form,
        "text": consents.TEXT,
        "version": consents.VERSION,
        "consent": living,
        "unread_since": changes.unread_since(story),
        "objected": Objection.objects.filter(key=story.key).first(),
    }
    return render(request, "cms/stories/consent.html", shown)


def nothing(request, story, form) -> None:
    messages.error(request, _("Nothing was changed."))


def give(request, story: StoryPage, form: ConsentForm) -> None:
    day = form.cleaned_data["given_on"]
    at = min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())
    guardian = form.cleaned_data.get("guardian", "")
    actions.record_consent(story=story, at=at, guardian=guardian, by=request.user)
    messages.success(request, _("The agreement is on record. The story can be published."))


def read_again(request, story: StoryPage, form: ConsentForm) -> None:
    agreement = consents.living(story.key, is_minor=story.is_minor)
    if agreement is None:
        return nothing(request, story, form)
    read = {"version": request.POST.get("version", ""), "on": form.cleaned_data["given_on"], "by": request.user}
    try:
        changes.note_read_again(story=story, agreement=agreement, **read)
    except Unread as unread:
        messages.error(request, unread.for_people)
    else:
        messages.success(request, _("Noted: the person read the changed story and still agrees."))


def withdraw(request, story: StoryPage, form: ConsentForm) -> None:
    actions.withdraw_consent(story=story, at=timezone.now(), by=request.user)
    messages.success(request, _("Withdrawn. The page, its pictures and its place in search are gone."))


def object_to(request, story: StoryPage, form: ConsentForm) -> None:
    actions.object_to(story=story, at=timezone.now(), by=request.user)
    messages.success(request, _("Taken down. It will not be published again."))


DEEDS = {"give": give, "again": read_again, "withdraw": withdraw, "object": object_to}
