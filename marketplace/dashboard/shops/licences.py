"""Staff look after papers: those sent to renew one, those that end soon, those that are over."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from marketplace.core.states import IllegalMove
from marketplace.opening import renewing
from marketplace.opening.licences import SOON_DAYS, Licence, LicenceState
from marketplace.opening.views import handed_out

from .views import ReasonForm

SHOWN = 200


@require_safe
def licences(request):
    """What waits, and what ends within a month or is over."""
    today = timezone.localdate()
    ending = Licence.objects.ending_by(today + timedelta(days=SOON_DAYS)).select_related("seller")
    shown = {
        "waiting": Licence.objects.waiting().select_related("seller")[:SHOWN],
        "ending": [(each, each.is_over_on(today)) for each in ending.order_by("valid_until", "pk")[:SHOWN]],
    }
    return render(request, "oscar/dashboard/shops/licences.html", shown)


class LicenceReview(View):
    """One paper, and two answers."""

    def get(self, request, pk):
        return self.page(request, self.load(pk), ReasonForm(auto_id="id_%s"))

    def post(self, request, pk):
        licence, form = self.load(pk), ReasonForm(request.POST)
        approves = request.POST.get("answer") == "approve"
        if not approves and not form.is_valid():
            return self.page(request, licence, form, status=422)
        try:
            if approves:
                renewing.approve(licence=licence, by=request.user, at=timezone.now())
            else:
                renewing.give_back(licence=licence, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Decided; the shop is told."))
        except IllegalMove:
            messages.error(request, _("This paper was decided already."))
        return redirect("dashboard:shop-licences")

    def load(self, pk) -> Licence:
        return get_object_or_404(Licence.objects.select_related("seller", "decided_by"), pk=pk)

    def page(self, request, licence, form, status=200):
        shown = {"licence": licence, "form": form, "is_waiting": licence.state == LicenceState.WAITING}
        return render(request, "oscar/dashboard/shops/licence.html", shown, status=status)


@require_safe
def photo(request, pk):
    """The paper itself; every look is noted."""
    return handed_out(get_object_or_404(Licence, pk=pk), request.user)
