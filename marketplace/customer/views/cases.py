"""After-sale cases of a buyer: asking, looking, answering; by account, or by the link of her purchase."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.pages import own
from marketplace.aftersales import actions, pages, rules, story
from marketplace.aftersales.deeds import BUYER
from marketplace.aftersales.forms import AskForm
from marketplace.aftersales.models import Case
from marketplace.aftersales.pages import Look, Ways
from marketplace.aftersales.states import Side
from marketplace.aftersales.steps import AlreadyOpen, CaseRefused
from marketplace.order.models import Order

from ..pages import show
from .orders import linked_order, own_order, person, ways_by_link, ways_of

PER_PAGE = 10


def ways_to(case: Case) -> Ways:
    """For her own case."""
    return Ways(
        page=case.get_absolute_url(),
        order=reverse("customer:order", args=[case.order.number]),
        deed=lambda name: reverse("customer:case-deed", args=[case.number, name]),
        photo=lambda pk: reverse("customer:case-photo", args=[case.number, pk]),
    )


def ways_by_token(case: Case) -> Ways:
    """For whoever has the link of its purchase."""
    token = case.order.purchase.token
    return Ways(
        page=reverse("checkout:case", args=[token, case.number]),
        order=reverse("checkout:order", args=[token, case.order.number]),
        deed=lambda name: reverse("checkout:case-deed", args=[token, case.number, name]),
        photo=lambda pk: reverse("checkout:case-photo", args=[token, case.number, pk]),
    )


@require_safe
@own
def case_list(request):
    """Her cases, the newest first."""
    hers = Case.objects.visible_to(request.user).select_related("order__seller").prefetch_related("lines__line")
    page = Paginator(hers, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    page.object_list = [
        {
            "case": case,
            "left": story.left(case.due_at, now),
            "is_hers": case.turn is not None and case.turn.side == Side.BUYER,
        }
        for case in page.object_list
    ]
    return show(request, "cases", here="cases", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def ask(request, number):
    """Ask about one of her orders."""
    return asked(request, own_order(request, number), ways_to, ways_of)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_by_link(request, token, number):
    return asked(request, linked_order(token, number), ways_by_token, ways_by_link)


def asked(request, order: Order, ways, order_ways):
    """The form, or what became of it. An open case of the order is where one is led, pressed twice or not."""
    existing = order.cases.open().first()
    if existing is not None:
        return redirect(ways(existing).page)
    sending = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AskForm(order, *sending, something_sent=bool(order.parcels.all()))
    if request.method == "POST" and form.is_valid():
        case = opened(request, order, form)
        if case is not None:
            return redirect(ways(case).page)
    context = {
        "order": order,
        "form": form,
        "is_open": rules.is_open_for_cases(order, timezone.now()),
        "order_page": order_ways(order).page,
        "lost_photos": bool(request.FILES),
    }
    return show(request, "ask", here="orders", **context)


def opened(request, order: Order, form: AskForm) -> Case | None:
    """The case; None and a complaint in the form where it cannot be asked for."""
    typed = form.cleaned_data
    try:
        return actions.open_case(
            order=order,
            kind=typed["kind"],
            reason=typed["reason"],
            text=typed["text"],
            wishes=form.wishes,
            freight=form.freight_asked,
            photos=typed["photos"],
            by=person(request),
            at=timezone.now(),
        )
    except AlreadyOpen as refusal:
        return refusal.case
    except CaseRefused as refusal:
        form.add_error(None, refusal.for_people)
        return None


def own_case(request, number: str) -> Case:
    return get_object_or_404(Case.objects.for_page().visible_to(request.user), number=number)


def linked_case(token: str, number: str) -> Case:
    return get_object_or_404(Case.objects.for_page(), order__purchase__token=token, number=number)


def page_of(request, case: Case, ways: Ways, bound=None):
    look = Look(Side.BUYER, ways, BUYER)
    return show(request, "case", here="cases", **pages.context_of(case, look, bound))


def done(request, case: Case, name: str, ways: Ways):
    answer = pages.do(request, case, name, Look(Side.BUYER, ways, BUYER), by=person(request))
    return answer if hasattr(answer, "status_code") else page_of(request, case, ways, {name: answer})


@require_safe
@own
def case(request, number):
    """One of her cases."""
    found = own_case(request, number)
    return page_of(request, found, ways_to(found))


@require_POST
@own
def deed(request, number, name):
    found = own_case(request, number)
    return done(request, found, name, ways_to(found))


@require_safe
@own
def photo(request, number, pk):
    return pages.photo_of(own_case(request, number), pk)


@require_safe
@never_cache
def case_by_link(request, token, number):
    """A case of a purchase, for whoever has the link of it."""
    found = linked_case(token, number)
    return page_of(request, found, ways_by_token(found))


@require_POST
def deed_by_link(request, token, number, name):
    found = linked_case(token, number)
    return done(request, found, name, ways_by_token(found))


@require_safe
def photo_by_link(request, token, number, pk):
    return pages.photo_of(linked_case(token, number), pk)
