"""What the seller centre and the dashboard do with promotions: lists, a new one, one to follow, a table to take away."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import tables

from .actions import CannotMake, new_code
from .forms import PromotionForm
from .models import Promotion
from .states import PromotionState

PER_PAGE = 20
FILTERS = {"": gettext_lazy("All"), **dict(PromotionState.choices)}
MOVES = {"pause": gettext_lazy("Pause"), "resume": gettext_lazy("Resume"), "end": gettext_lazy("End it")}


@dataclass(frozen=True)
class Deed:
    """A button: the name of the move and its words."""

    name: str
    text: object


def payers(seller):
    """The promotions this seller pays for, or the platform's."""
    return Promotion.objects.of_platform() if seller is None else Promotion.objects.of_seller(seller)


def listed(request, seller):
    """The page of promotions that was asked for, with figures, and the filters beside it."""
    state = request.GET.get("state", "")
    if state not in FILTERS:
        raise Http404
    found = payers(seller).with_figures().order_by("-pk")
    page = Paginator(found.filter(state=state) if state else found, PER_PAGE).get_page(request.GET.get("page"))
    tabs = [{"text": text, "href": f"?state={code}", "current": code == state} for code, text in FILTERS.items()]
    return {"page": page, "tabs": tabs, "query": f"state={state}&" if state else ""}


def new_form(request, seller) -> PromotionForm:
    """What is typed, or the terms of one to copy, or an empty form."""
    if request.method == "POST":
        return PromotionForm(request.POST, payer=seller)
    today = timezone.localdate()
    initial: dict[str, object] = {"ends_on": today + timedelta(days=30)}
    copied = payers(seller).filter(pk=number(request.GET.get("copy", ""))).first()
    if copied is not None:
        initial = model_to_dict(copied) | {"code": new_code() if copied.code else ""} | initial
    return PromotionForm(initial=initial | {"starts_on": today}, payer=seller)


def number(typed: str) -> int:
    return int(typed[:18]) if typed.isdecimal() else 0


def made(form: PromotionForm, by) -> Promotion | None:
    """The promotion, if what was typed can be one; else the form says why not."""
    if not form.is_valid():
        return None
    try:
        return form.make(by=by, at=timezone.now())
    except CannotMake as refusal:
        form.add_error(refusal.field, refusal.for_people)
        return None


def deeds(promotion: Promotion) -> list[Deed]:
    """What can be done with it now."""
    return [Deed(name, text) for name, text in MOVES.items() if promotion.allows(name)]


def money(sum_in_yuan: Decimal | None) -> str:
    """SQLite adds with the last binary digit wrong."""
    return f"{sum_in_yuan or 0:.2f}"


def exported(seller) -> HttpResponse:
    """All of them with their figures, as a table."""
    headers = [
        _("Name"),
        _("Voucher code"),
        _("First day"),
        _("Last day"),
        _("State"),
        _("Uses"),
        _("Discount given"),
        _("Sales with it"),
    ]
    rows = [
        [
            each.display_name,
            each.code,
            each.starts_on,
            each.ends_on,
            each.get_state_display(),
            each.uses_made,
            money(each.saved_sum),
            money(each.sales),
        ]
        for each in payers(seller).with_figures().order_by("-pk")
    ]
    return tables.csv_answer("promotions.csv", headers, rows)
