"""Rosters that staff bring, what became of each row, and the way back."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incubator.learning import rosters
from incubator.learning.forms import RosterForm
from incubator.learning.models import Cohort
from incubator.learning.rosters import RosterImporter, scope
from incubator.learning.teaching import teachers_only
from marketplace.core import imports
from marketplace.core.forms import first_error
from marketplace.core.models import ImportRun
from marketplace.core.tables import UnreadableTable, read_table


@teachers_only
@require_POST
def roster(request, pk):
    """Take the people of a spreadsheet into the class; what cannot be taken is listed by row."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(cohort)
    try:
        run = take(cohort, form.cleaned_data["file"], request.user)
    except UnreadableTable as refusal:
        messages.error(request, refusal.for_people)
        return redirect(cohort)
    return redirect("incubator:learning:roster-run", cohort.pk, run.pk)


def take(cohort: Cohort, file: UploadedFile, by) -> ImportRun:
    """Carry one file out. Raises UnreadableTable."""
    name = file.name or ""
    table = read_table(file, name)
    file.seek(0)
    digest = imports.digest(file.read())
    return rosters.take(cohort=cohort, table=table, file_name=name, digest=digest, by=by, at=timezone.now())


@teachers_only
@require_http_methods(["GET", "HEAD", "POST"])
def roster_run(request, pk, run):
    """What one roster did; the button takes it back."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course"), pk=pk)
    shown = get_object_or_404(ImportRun, pk=run, kind=RosterImporter.kind, scope=scope(cohort))
    if request.method == "POST":
        try:
            imports.undo(run=shown, by=request.user, at=timezone.now())
            messages.success(request, _("The import was undone."))
        except imports.CannotUndo as refusal:
            messages.error(request, refusal.for_people)
        return redirect("incubator:learning:roster-run", cohort.pk, shown.pk)
    return render(request, "incubator/learning/roster.html", {"cohort": cohort, "run": shown})
