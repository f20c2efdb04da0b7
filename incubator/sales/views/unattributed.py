"""Sales that count for no agreement, good by good, to work off."""

import re
from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from incubator.agreements import actions as agreements
from incubator.agreements.models import Agreement
from incubator.sales.figures import by_goods
from incubator.sales.models import ChannelAccount, GoodQuarter
from incubator.shell import staff_only
from marketplace.core.money import to_yuan
from marketplace.core.planning import rows_planned_anew

PER_PAGE = 30
MOST_AGREEMENTS = 200
GOODS = re.compile(r"[^、，,；;/]+")
"""An agreement may name several goods."""


@staff_only
@require_safe
def unattributed(request):
    """By account and code, the largest first, with the agreements they might count for."""
    goods = GoodQuarter.objects.visible_to(request.user).unattributed()
    page = Paginator(rows_planned_anew(by_goods(goods)), PER_PAGE).get_page(request.GET.get("page"))
    accounts = ChannelAccount.objects.in_bulk({row["account"] for row in page.object_list})
    mine = Agreement.objects.for_staff(request.user).binding().select_related("cooperative", "partner")
    agreements = list(mine[:MOST_AGREEMENTS])
    rows = [
        row
        | {
            "account__name": accounts[row["account"]].name,
            "channel": accounts[row["account"]].get_channel_display(),
            "net_yuan": to_yuan(row["net_sum"]),
            "agreements": nearest_first(agreements, row["called"]),
        }
        for row in page.object_list
    ]
    return render(request, "incubator/sales/unattributed.html", {"page": page, "rows": rows})


def nearest_first(agreements: Sequence[Agreement], title: str) -> list[Agreement]:
    """Agreements whose goods the title names come first; the others stay as they were."""
    return sorted(agreements, key=lambda each: not any(part in title for part in GOODS.findall(each.goods)))


@staff_only
@require_POST
def attribute(request):
    """Let sales of one code of one account count for an agreement."""
    number = {
        name: int(said) if (said := request.POST.get(name, "")).isdecimal() else 0 for name in ("account", "agreement")
    }
    account = get_object_or_404(ChannelAccount.objects.visible_to(request.user), pk=number["account"])
    if not request.POST.get("agreement"):
        messages.error(request, _("Choose the agreement these sales count for."))
        return redirect("incubator:sales:unattributed")
    agreement = get_object_or_404(Agreement.objects.for_staff(request.user).binding(), pk=number["agreement"])
    code = request.POST.get("code", "").strip()[:80]
    try:
        if not code:
            raise agreements.Refusal(_("These sales have no code. Teach the account what its titles mean first."))
        agreements.count_good(agreement=agreement, account=account, code=code, by=request.user)
    except agreements.Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Counted. Sales outside the agreement's period stay in this list."))
    return redirect("incubator:sales:unattributed")
