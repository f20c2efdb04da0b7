"""What the pages of a case share, whoever looks at it: context, deeds, photos."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.states import IllegalMove

from . import story
from .deeds import Deed
from .models import Case, CasePhoto
from .states import Side
from .steps import CaseRefused


@dataclass(frozen=True)
class Ways:
    """The addresses of one case for one side; ``deed`` takes a deed's name, ``photo`` a photo's key."""

    page: str
    order: str
    deed: Callable[[str], str]
    photo: Callable[[int], str]


@dataclass(frozen=True)
class Look:
    """Who looks at a case: the side, the addresses, what may be done there."""

    side: Side
    ways: Ways
    deeds: tuple[Deed, ...]
    sees_money: bool = True


def context_of(case: Case, look: Look, bound: dict | None = None) -> dict:
    """All a page shows; ``bound`` maps a deed's name to its form as it was sent."""
    bound = bound or {}
    return {
        "case": case,
        "side": look.side.value,
        "ways": look.ways,
        "clock": story.clock(case, look.side),
        "clock_left": story.left(case.due_at, timezone.now()),
        "is_my_turn": case.turn is not None and case.turn.side == look.side,
        "sees_money": look.sees_money,
        "told": [{"it": told, "photos": photos_of(told, look.ways)} for told in story.told(case, look.side)],
        "deeds": [shown(case, deed, look, bound.get(deed.name)) for deed in possible(case, look)],
    }


def photos_of(told: story.Told, ways: Ways) -> list[str]:
    return [ways.photo(photo.pk) for photo in told.entry.photos.all()]


def possible(case: Case, look: Look) -> Iterable[Deed]:
    return [deed for deed in look.deeds if deed.is_possible(case) and (look.sees_money or not deed.needs_money)]


def shown(case: Case, deed: Deed, look: Look, form) -> dict:
    """A deed with its form and where it is sent; open if it was just refused."""
    return {
        "deed": deed,
        "form": form or deed.form(case, auto_id=f"{deed.name}_%s"),
        "action": look.ways.deed(deed.name),
        "is_open": form is not None,
    }


def do(request, case: Case, name: str, look: Look, *, by):
    """Do it and lead back to the case; returns the form instead where something is missing in it."""
    deed = next((deed for deed in look.deeds if deed.name == name), None)
    if deed is None or (deed.needs_money and not look.sees_money):
        raise Http404
    form = deed.form(case, request.POST, request.FILES, auto_id=f"{deed.name}_%s")
    if not form.is_valid():
        return form
    try:
        deed.do(case, form, {"by": by, "at": timezone.now()})
    except CaseRefused as refusal:
        form.add_error(None, refusal.for_people)
        return form
    except IllegalMove:
        messages.info(request, _("The request has moved on meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("Done. The other side is told."))
    return redirect(look.ways.page)


def photo_of(case: Case, pk: int) -> FileResponse:
    """A photo of this case; nobody else's door leads to it."""
    photo = get_object_or_404(CasePhoto, pk=pk, entry__case=case)
    answer = FileResponse(photo.file.open(), content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
