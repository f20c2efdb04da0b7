"""The applicant's page, and her own papers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from marketplace.core import audit
from marketplace.core.states import IllegalMove

from . import actions
from .forms import OpeningForm
from .licences import Licence
from .looks import STAFF, TEAM, VIEWED
from .models import Opening, OpeningState, Paper
from .papers import NEEDS

COLUMNS = ("kind", "name", "area", "person", "code", "identity")


def in_hand(user) -> Opening | None:
    """The application of a person that is not decided for good."""
    return Opening.objects.exclude(state=OpeningState.OPENED).filter(applicant=user).first()


@method_decorator(login_required, name="dispatch")
class OpenShop(View):
    """Ask for a shop; see how the application stands; put right what staff returned."""

    def get(self, request):
        opening = in_hand(request.user)
        initial = {name: getattr(opening, name) for name in COLUMNS} if opening else {}
        return self.page(request, opening, OpeningForm(initial=initial, opening=opening))

    def post(self, request):
        """Photographs are kept whatever else is wrong: nobody takes them twice."""
        opening = actions.begin(applicant=request.user, at=timezone.now())
        if not opening.is_editable:
            messages.info(request, _("Your application is under review already."))
            return redirect("seller:open")
        form = OpeningForm(request.POST, request.FILES, opening=opening)
        form.is_valid()
        try:
            actions.keep_papers(opening=opening, papers=form.papers(), by=request.user, at=timezone.now())
            if not form.is_valid():
                return self.page(request, opening, form, status=422)
            actions.send(opening=opening, said=form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Sent. Staff check it, and you are told what they say."))
        except IllegalMove:
            messages.info(request, _("Your application is under review already."))
        return redirect("seller:open")

    def page(self, request, opening, form, status=200):
        there = {paper.kind: paper for paper in opening.papers.all()} if opening else {}
        shown = {"opening": opening, "form": form, "papers": there, "needs": NEEDS}
        return render(request, "marketplace/opening/open.html", shown, status=status)


@require_safe
@login_required
def paper(request, pk):
    """One of one's own papers; anybody else's is not there."""
    own = get_object_or_404(Paper, pk=pk, opening__applicant=request.user)
    return handed_out(own, request.user, to=TEAM)


def handed_out(found: Paper | Licence, by, *, to: str = STAFF) -> FileResponse:
    """The picture, with a row in the audit trail for the look and whose it was."""
    audit.record(VIEWED, of=found, by=by, to=to)
    answer = FileResponse(found.file.open(), content_type="image/webp", filename=f"{found.kind}.webp")
    answer.headers["Cache-Control"] = "no-store"
    return answer
