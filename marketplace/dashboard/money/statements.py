"""Any seller's statement, for operators. Taking one away leaves a row in the audit trail."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from marketplace.core import audit
from marketplace.partner.models import Partner
from marketplace.settlement import statement_papers as papers
from marketplace.settlement.periods import PeriodForm
from marketplace.settlement.statements import statement

ON_A_PAGE = 100


class StatementForm(PeriodForm):
    """Whose, and for which days."""

    field_order = ["seller", "since", "until"]
    seller = forms.ModelChoiceField(label=_("Seller"), queryset=Partner.objects.order_by("name", "id"))


@require_safe
def statements(request):
    """The form, and below it the statement it asks for: as a page, or (``as``) as pdf or csv."""
    form = StatementForm(request.GET or None)
    if not form.is_bound or not form.is_valid():
        return render(request, "oscar/dashboard/money/statement.html", {"form": form})
    found = statement(form.cleaned_data["seller"], form.period)
    wanted = {"pdf": papers.paper, "csv": papers.table}.get(request.GET.get("as", ""))
    if wanted is None:
        return shown(request, form, found)
    audit.record("statement.taken", of=found.seller, by=request.user, period=found.period.query)
    try:
        return wanted(found)
    except papers.TooLong as refusal:
        messages.error(request, refusal.for_people)
        return redirect(f"{reverse('dashboard:money-statements')}?{address_of(found)}")


def shown(request, form: StatementForm, found):
    pages = Paginator(found.lines, ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"form": form, "statement": found, "page_obj": page, "paginator": pages, "is_paginated": True}
    return render(request, "oscar/dashboard/money/statement.html", context | {"address": address_of(found)})


def address_of(found) -> str:
    return f"seller={found.seller.pk}&{found.period.query}"
