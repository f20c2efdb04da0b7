"""Attendance by a code: the trainer shows it, each learner scans it with her own phone and says that she is there."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from incubator.learning import attending
from incubator.learning.models import Cohort, Session
from incubator.learning.teaching import teachers_only
from marketplace.core.qr import qr_svg


@teachers_only
@require_safe
@never_cache
def session_code(request, pk):
    """The code of this minute, large enough for the last row; the page fetches the next one by itself."""
    sessions = Session.objects.filter(cohort__in=Cohort.objects.visible_to(request.user))
    session = get_object_or_404(sessions.select_related("cohort__course"), pk=pk)
    link = request.build_absolute_uri(reverse("learning:attend", args=[attending.token_for(session)]))
    shown = {"session": session, "link": link, "qr": qr_svg(link, label=_("Code for attendance"))}
    return render(request, "incubator/learning/code.html", shown | {"present": session.attendances.count()})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request, token):
    """She is at this session of her class."""
    return say_here(
        request,
        "incubator/learning/attend.html",
        find=lambda: attending.session_of(token),
        note=lambda session: attending.check_in(session=session, by=request.user, at=timezone.now()),
    )


def say_here(request, template: str, *, find, note):
    """One button: I am here. Pressed twice it is once. ``find`` says which meeting the code is of, ``note`` writes down who
    is there; both may raise NotHere."""
    refusal, meeting, attendance = None, None, None
    try:
        meeting = find()
        if request.method == "POST":
            attendance = note(meeting)
    except attending.NotHere as why:
        refusal = why.for_people
    shown = {"meeting": meeting, "refusal": refusal, "attendance": attendance}
    return render(request, template, shown, status=422 if refusal else 200)
