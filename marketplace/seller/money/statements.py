"""The seller's statement: page, paper and table of the same lines."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.seller.access import seller_page
from marketplace.seller.capabilities import Can
from marketplace.settlement import statement_papers as papers
from marketplace.settlement.periods import PeriodForm
from marketplace.settlement.statements import statement

ON_A_PAGE = 100


@require_safe
@never_cache
@seller_page(Can.MONEY)
def page(request):
    """Between what she had before and after, every line; newest last, as the balances run."""
    form = PeriodForm(request.GET or None)
    found = statement(request.seller, form.period)
    context = {
        "form": form,
        "statement": found,
        "page": Paginator(found.lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "marketplace/seller/money/statement.html", context)


@require_safe
@seller_page(Can.MONEY)
def table(request):
    """All lines as CSV."""
    form = PeriodForm(request.GET or None)
    return (
        papers.table(statement(request.seller, form.period)) if form.is_valid() or not form.is_bound else again(request)
    )


@require_safe
@seller_page(Can.MONEY)
def paper(request):
    """All lines as PDF."""
    form = PeriodForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return again(request)
    try:
        return papers.paper(statement(request.seller, form.period))
    except papers.TooLong as refusal:
        messages.error(request, refusal.for_people)
        return again(request)


def again(request):
    """Back to the page, with what was asked for."""
    return redirect(f"{reverse('seller:money-statement')}?{request.GET.urlencode()}")
