"""The meeting timetable: made, looked at, printed, and what a card's code leads to."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from incubator.matching import actions, cards
from incubator.matching.engine.timetable import least_slots
from incubator.matching.forms import TimetableForm
from incubator.matching.models import Fair, Timetable
from incubator.shell import staff_only
from marketplace.core.refusal import Refusal
from marketplace.core.tables import handed_out, write_xlsx


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def timetable(request, pk):
    """The latest timetable of a fair, and the form that makes one."""
    fair = get_object_or_404(Fair.objects.visible_to(request.user).select_related("plan"), pk=pk)
    shown = latest(fair)
    form = TimetableForm(request.POST or None, initial=usual_room(fair, shown))
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_timetable(fair=fair, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.for_people)
        else:
            messages.success(request, _("The timetable is ready. Nobody sits at two tables at once."))
            return redirect(reverse("incubator:fairs:timetable", args=[fair.pk]))
    rounds = [] if shown is None else rounds_of(shown)
    return render(
        request, "incubator/fairs/timetable.html", {"fair": fair, "timetable": shown, "rounds": rounds, "form": form}
    )


def latest(fair: Fair) -> Timetable | None:
    """The timetable of the plan made last."""
    return Timetable.objects.filter(fair=fair, run=fair.plan_id).select_related("fair", "run").first()


def usual_room(fair: Fair, last: Timetable | None) -> dict:
    """What was chosen last; else as many rounds as the busiest member needs, and one to spare, and tables to match."""
    if last is not None:
        return {name: getattr(last, name) for name in ("tables", "slots", "begins", "minutes")}
    if fair.plan is None:
        return {}
    proposals = fair.plan.proposals.select_related("product", "partner")
    pairs = [(each.product.delegation, each.partner.code) for each in proposals]
    slots = least_slots(pairs) + 1
    return {"slots": slots, "tables": -(-len(pairs) // slots), "begins": "09:00", "minutes": 20}


def rounds_of(shown: Timetable) -> list[dict]:
    """Meetings round by round."""
    found: dict[int, list] = {slot: [] for slot in range(shown.slots)}
    for meeting in cards.meetings_of(shown):
        found[meeting.slot].append(meeting)
    return [
        {"number": slot + 1, "starts": shown.starts(slot), "ends": shown.ends(slot), "meetings": meetings}
        for slot, meetings in found.items()
    ]


def timetable_of(request, pk) -> Timetable:
    """A timetable of a fair this person works on."""
    mine = Timetable.objects.filter(fair__in=Fair.objects.visible_to(request.user))
    return get_object_or_404(mine.select_related("fair"), pk=pk)


@staff_only
@require_safe
def timetable_cards(request, pk):
    """A card for everybody, to print and cut apart."""
    shown = timetable_of(request, pk)

    def address(token: str) -> str:
        return request.build_absolute_uri(reverse("incubator:fairs:card", args=[token]))

    return cards.paper(shown, address).response(f"meeting-cards-{shown.fair_id}.pdf")


@staff_only
@require_safe
def timetable_export(request, pk):
    """The timetable as a workbook."""
    shown = timetable_of(request, pk)
    headers = [
        _("Round"), _("Begins at"), pgettext("fair", "Table"), _("Cooperative"), pgettext("fair", "Product"), _("E-commerce partner")
    ]  # fmt: skip
    rows = (
        [
            each.slot + 1,
            shown.starts(each.slot).strftime("%H:%M"),
            each.table + 1,
            each.proposal.product.cooperative_name,
            each.proposal.product.name,
            each.proposal.partner.name,
        ]
        for each in cards.meetings_of(shown)
    )
    return handed_out(f"meetings-{shown.fair_id}.xlsx", write_xlsx(headers, rows))


@require_safe
def card(request, token):
    """What the code on a card leads to: this member's rounds, for whoever holds the card."""
    found = cards.read(token)
    if found is None:
        raise Http404
    timetable_id, side, key = found
    shown = get_object_or_404(Timetable.objects.select_related("fair"), pk=timetable_id)
    mine = next((each for each in cards.cards(cards.meetings_of(shown)) if (each.side, each.key) == (side, key)), None)
    if mine is None:
        raise Http404
    rounds = [(shown.starts(each.slot), each) for each in mine.meetings]
    return render(request, "incubator/fairs/card.html", {"card": mine, "timetable": shown, "rounds": rounds})
