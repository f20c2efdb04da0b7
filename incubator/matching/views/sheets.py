"""Spreadsheets of a fair: looked at, taken in, taken back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.matching import actions
from incubator.matching.forms import SheetForm
from incubator.matching.importers import SIDES
from incubator.matching.models import Fair
from incubator.matching.sheets import UnusableSheet
from incubator.shell import staff_only
from marketplace.core.models import ImportRun
from marketplace.core.refusal import Refusal
from marketplace.core.tables import UnreadableTable, csv_answer

MOST_ERRORS_SHOWN = 100


def fair_of(request, pk, side) -> Fair:
    """The fair, if the person works on it and there is such a side."""
    if side not in SIDES:
        raise Http404
    return get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request, pk, side):
    """Choose a file; then see row by row what it would do."""
    of = fair_of(request, pk, side)
    form = SheetForm(request.POST or None, request.FILES or None)
    context = {"fair": of, "side": side, "form": form, "columns": SIDES[side].columns}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            preview = actions.look_at(fair=of, side=side, data=file.read(), file_name=file.name)
        except (UnreadableTable, UnusableSheet) as problem:
            form.add_error("file", problem.for_people)
        else:
            context |= {"preview": preview, "errors": preview.report.errors[:MOST_ERRORS_SHOWN]}
    return render(request, "incubator/fairs/sheet.html", context)


@staff_only
@require_safe
def sheet_sample(request, pk, side):
    """An example of such a file: the headings and one row below them."""
    fair_of(request, pk, side)
    return csv_answer(f"{side}-sample.csv", SIDES[side].columns, [SIDES[side].sample])


@staff_only
@require_POST
def sheet_take_in(request, pk, side):
    """Take in what was looked at."""
    of = fair_of(request, pk, side)
    try:
        run = actions.take_in(
            fair=of, side=side, token=request.POST.get("token", ""), by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        said = _("Taken in: %(new)s new, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused.")
        messages.success(
            request,
            said % {"new": run.new, "updated": run.updated, "unchanged": run.unchanged, "refused": run.refused},
        )
    return redirect(of)


@staff_only
@require_POST
def undo(request, pk, run_pk):
    """Take an import back."""
    of = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    run = get_object_or_404(ImportRun, pk=run_pk, scope=of.scope)
    try:
        actions.take_back(fair=of, run=run, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("The import has been undone."))
    return redirect(of)
