"""Registration by form: for anybody while a fair is open, and for staff to accept or return."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.matching import actions
from incubator.matching.doubles import doubles_of
from incubator.matching.entry_forms import FORMS, EntryForm
from incubator.matching.models import ApplicationState, Fair, FairApplication, FairState, Side
from incubator.shell import staff_only
from marketplace.accounts import limits
from marketplace.accounts.visitors import address_of
from marketplace.core.refusal import Refusal

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 30


@require_safe
def open_fairs(request):
    """Fairs one can register for now."""
    fairs = Fair.objects.filter(state=FairState.REGISTRATION, held_on__gte=timezone.localdate()).order_by("held_on")
    return render(request, "incubator/fairs/open.html", {"fairs": fairs})


def sent(form) -> dict:
    """What an action wants of a filled-in form."""
    cleaned = form.cleaned_data
    return {
        "name": cleaned[form.named_by],
        "contact": cleaned["contact"],
        "phone": cleaned["phone"],
        "values": form.terms,
    }


@never_cache
@require_http_methods(METHODS)
def apply(request, pk, side):
    """The form of one side, filled in by anybody."""
    fair = get_object_or_404(Fair.objects.exclude(state=FairState.PLANNED), pk=pk)
    if side not in FORMS:
        raise Http404
    today = timezone.localdate()
    form = FORMS[side](request.POST or None, fair=fair)
    is_open = actions.is_open(fair, today)
    if request.method == "POST" and form.is_valid():
        user = request.user if request.user.is_authenticated else None
        try:
            made = actions.send_application(
                fair=fair, side=side, key=form.cleaned_data["key"], user=user, visitor=address_of(request),
                at=timezone.now(), on=today, **sent(form),
            )  # fmt: skip
        except (Refusal, limits.TooMany) as refusal:
            form.add_error(None, refusal.for_people)
        else:
            return redirect(made)
    context = {"fair": fair, "side": side, "form": form, "is_open": is_open, "opposite": other_side(side)}
    return render(request, "incubator/fairs/apply.html", context)


def other_side(side: str) -> Side:
    return Side.PARTNERS if side == Side.PRODUCTS else Side.PRODUCTS


@never_cache
@require_http_methods(METHODS)
def application(request, key):
    """What became of one's registration; as long as it is not decided one can correct it or take it back."""
    shown = get_object_or_404(FairApplication.objects.select_related("fair", "product", "partner"), key=key)
    form = filled(shown, request.POST or None)
    by = request.user if request.user.is_authenticated else None
    if request.method == "POST":
        try:
            if "withdraw" in request.POST:
                actions.withdraw_application(application=shown, by=by)
                return redirect(shown)
            if form.is_valid():
                actions.correct_application(application=shown, by=by, on=timezone.localdate(), **sent(form))
                messages.success(request, _("Sent again. We will look at it."))
                return redirect(shown)
        except Refusal as refusal:
            messages.error(request, refusal.for_people)
    return render(request, "incubator/fairs/application.html", {"application": shown, "fair": shown.fair, "form": form})


def filled(shown: FairApplication, typed) -> EntryForm:
    """The form with what was sent before."""
    known = shown.values | {"contact": shown.contact, "phone": shown.phone, "key": shown.key}
    return FORMS[shown.side](typed, fair=shown.fair, initial=known)


@staff_only
@require_safe
def applications(request, pk):
    """What came by form, what waits first."""
    fair = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    state = request.GET.get("state", ApplicationState.WAITING)
    rows = fair.applications.select_related("decided_by", "product", "partner")
    rows = rows.filter(state=state) if state in ApplicationState.values else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "fair": fair,
        "page": page,
        "state": state,
        "states": ApplicationState.choices,
        "query": f"state={state}&",
    }
    return render(request, "incubator/fairs/applications.html", context)


def mine(request, pk) -> FairApplication:
    return get_object_or_404(FairApplication.objects.visible_to(request.user).select_related("fair"), pk=pk)


@staff_only
@require_safe
def check_application(request, pk):
    """One of them: what it says, and who may be the same."""
    shown = mine(request, pk)
    form = filled(shown, None)
    said = [(form[name].label, in_words(form, name, value)) for name, value in shown.values.items()]
    context = {"application": shown, "fair": shown.fair, "said": said, "doubles": doubles_of(shown)}
    return render(request, "incubator/fairs/check.html", context)


def in_words(form, name: str, value) -> str:
    """A typed value as the form shows it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
    values = value if isinstance(value, list) else [value]
    return "、".join(choices.get(str(each), str(each)) for each in values)


@staff_only
@require_POST
def decide_application(request, pk):
    """Accept it, as one that is known or as a new one, or return it."""
    chosen = mine(request, pk)
    decided = {"by": request.user, "at": timezone.now(), "read": request.POST.get("read", "")}
    try:
        if request.POST.get("decision") == "return":
            words = request.POST.get("words", "").replace("\x00", "")
            actions.return_application(application=chosen, words=words, **decided)
        else:
            found = doubles_of(chosen)
            member = picked(found.members, request.POST.get("member", ""))
            over = picked(found.entries, request.POST.get("over", ""))
            actions.accept_application(application=chosen, member=member, over=over, **decided)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect("incubator:fairs:check-application", pk=chosen.pk)
    return redirect("incubator:fairs:applications", pk=chosen.fair_id)


def picked(among, said: str):
    """The candidate chosen, if it is one."""
    return next((each for each in among if str(each.pk) == said), None)
