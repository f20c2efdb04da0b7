"""Does everything agree? The page shows what `manage.py reconcile` prints, and repairs what needs no decision."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from marketplace.payment.reconciliation import differences, repairs

DAYS = 90


class Reconcile(View):
    """Reading compares; posting repairs first."""

    def get(self, request):
        now = timezone.now()
        found = list(differences(now - timedelta(days=DAYS)))
        context = {"differences": found, "compared_at": now, "days": DAYS}
        return render(request, "oscar/dashboard/money/reconcile.html", context)

    def post(self, request):
        repairs.all_safe(by=request.user, at=timezone.now())
        messages.success(request, _("What can be repaired without a decision has been repaired."))
        return redirect("dashboard:money-reconcile")
