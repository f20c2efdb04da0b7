"""Staff read complaints, ask sellers, and answer before the clock runs out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.aftersales.story import left
from marketplace.complaints import actions, pages
from marketplace.complaints.forms import AnswerForm, WordsForm
from marketplace.complaints.models import Complaint
from marketplace.complaints.states import Kind, State
from marketplace.core import audit
from marketplace.core.states import IllegalMove
from marketplace.core.tables import handed_out, write_xlsx

MOST_ROWS = 10_000


def wanted(given) -> tuple:
    """The complaints a filter asks for, and the filter as understood: open ones, the most pressing first, unless told otherwise."""
    state, kind = given.get("state", "open"), given.get("kind", "")
    found = Complaint.objects.select_related("seller")
    if state == "open":
        found = found.open().order_by("due_at", "id")
    elif state in State.values:
        found = found.filter(state=state)
    if kind in Kind.values:
        found = found.filter(kind=kind)
    return found, {"state": state, "kind": kind}


class ComplaintList(ListView):
    """The queue."""

    template_name = "oscar/dashboard/complaints/list.html"
    context_object_name = "complaints"
    paginate_by = 30

    def get_queryset(self):
        found, self.chosen = wanted(self.request.GET)
        return found

    def get_context_data(self, **kwargs):
        context, now = super().get_context_data(**kwargs), timezone.now()
        context["rows"] = [
            {
                "complaint": each,
                "left": left(each.due_at, now) if each.is_open else "",
                "is_late": each.is_open and each.due_at <= now,
            }
            for each in context["complaints"]
        ]
        states = [("open", _("Waiting")), ("all", _("All")), *State.choices]
        return context | {"chosen": self.chosen, "states": states, "kinds": Kind.choices}


@require_safe
def table(request):
    """The same as a workbook, without texts and names of people."""
    found, _chosen = wanted(request.GET)
    headers = [_("Complaint number"), _("What is it about?"), _("Concerns"), _("Seller"), _("Status"), _("Result")]
    headers += [pgettext("complaint", "Received"), _("Due"), pgettext("complaint", "Closed")]
    rows = [
        (
            each.number,
            each.get_kind_display(),
            each.about,
            each.seller.name if each.seller else "",
            each.get_state_display(),
            each.get_outcome_display(),
            *(localtime(at) if at else "" for at in (each.made_at, each.due_at, each.closed_at)),
        )
        for each in found[:MOST_ROWS]
    ]
    return handed_out(
        f"complaints-{timezone.localdate():%Y%m%d}.xlsx", write_xlsx(headers, rows, title=_("Complaints"))
    )


def load(number: str) -> Complaint:
    return get_object_or_404(Complaint.objects.for_page(), number=number)


def page_of(request, found: Complaint, *, words=None, answer_form=None, status=200):
    now = timezone.now()
    context = {
        "complaint": found,
        "words": words or WordsForm(auto_id="words_%s"),
        "answer_form": answer_form or AnswerForm(auto_id="answer_%s"),
        "left": left(found.due_at, now) if found.is_open else "",
        "can_ask_seller": found.is_open and not found.told_seller and found.seller is not None,
    }
    return render(request, "oscar/dashboard/complaints/complaint.html", context, status=status)


@require_safe
def complaint(request, number):
    """One complaint. Looking at it is a row in the audit trail: it shows what a person told us in confidence."""
    found = load(number)
    audit.record("complaint.viewed", of=found, by=request.user)
    return page_of(request, found)


def back(request, number: str, done: str, deed):
    """Do it, say so, and lead back."""
    try:
        deed()
        messages.success(request, done)
    except IllegalMove:
        messages.info(request, _("It was answered or withdrawn meanwhile. Here is how it stands."))
    except actions.ComplaintRefused as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:complaint", number=number)


@require_POST
def take_up(request, number):
    """I look into it."""
    given = {"complaint": load(number), "by": request.user, "at": timezone.now()}
    return back(request, number, _("You have it in hand."), lambda: actions.take_up(**given))


@require_POST
def tell_seller(request, number):
    """Ask the seller, in words of our own."""
    found, form = load(number), WordsForm(request.POST, auto_id="words_%s")
    if not form.is_valid():
        return page_of(request, found, words=form, status=422)
    given = {"complaint": found, "text": form.cleaned_data["text"], "by": request.user, "at": timezone.now()}
    return back(request, number, _("The seller is told."), lambda: actions.tell_seller(**given))


@require_POST
def answer(request, number):
    """What we found and did."""
    found, form = load(number), AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return page_of(request, found, answer_form=form, status=422)
    given = {"complaint": found, "by": request.user, "at": timezone.now()} | form.cleaned_data
    return back(request, number, _("Answered; whoever complained is told."), lambda: actions.answer(**given))


@require_safe
def photo(request, number, pk):
    """What she shows."""
    return pages.photo_of(load(number), pk)
