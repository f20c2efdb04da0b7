"""All goods of all sellers, and what keeps some of them off the shelf."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import ListView

from marketplace.catalogue.models import Product
from marketplace.core.refusal import Refusal
from marketplace.offering import halting
from marketplace.offering.models import Decision, Halt

from .forms import GoodsSearch, HaltForm

NAMES = ("title", "title_en", "seller__name", "seller__name_en")
HALTED = Exists(Halt.objects.standing().filter(product=OuterRef("pk")))


def goods(wanted: dict):
    """What a filter asks for, the last changed first."""
    found = Product.objects.exclude(structure=Product.CHILD).with_packs().annotate(is_halted=HALTED)
    if words := wanted.get("q", "").strip():
        found = found.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in NAMES)))
    states = {"on": Q(is_public=True), "off": Q(is_public=False, is_halted=False), "halted": Q(is_halted=True)}
    return found.filter(states.get(wanted.get("state", ""), Q())).order_by("-date_updated", "-pk")


class Goods(ListView):
    """The list."""

    template_name = "oscar/dashboard/listings/goods.html"
    paginate_by = 30

    def get_queryset(self):
        self.form = GoodsSearch(self.request.GET)
        return goods(self.form.cleaned_data if self.form.is_valid() else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form}


@require_http_methods(["GET", "HEAD", "POST"])
def good(request, pk):
    """One of them: what it costs, what was decided about it, and whether it may be sold. Posting a reason takes it off the shelf."""
    found = get_object_or_404(Product.objects.with_packs(), pk=pk)
    if found.is_child:
        return redirect("dashboard:listing-good", pk=found.parent_id)
    if request.method != "POST":
        return page(request, found, HaltForm())
    form = HaltForm(request.POST)
    if not form.is_valid():
        return page(request, found, form, status=422)
    return done(request, found, halting.halt, _("It is off the shelf; the seller is told why."), **form.cleaned_data)


def page(request, found: Product, form: HaltForm, status: int = 200):
    halts = list(found.halts.select_related("by", "lifted_by"))
    shown = {
        "good": found,
        "form": form,
        "halts": halts,
        "standing": next((each for each in halts if each.lifted_at is None), None),
        "may_delete": request.user.is_superuser,
        "decisions": Decision.objects.filter(draft__product=found).select_related("draft", "by"),
    }
    return render(request, "oscar/dashboard/listings/good.html", shown, status=status)


@require_POST
def lift(request, pk):
    """Let it be sold again."""
    return done(
        request,
        get_object_or_404(Product.objects.exclude(structure=Product.CHILD), pk=pk),
        halting.lift,
        _("It may be sold again; the seller is told."),
    )


def done(request, found: Product, verb, said: str, **more):
    """Do it, and say how it went."""
    try:
        verb(product=found, by=request.user, at=timezone.now(), **more)
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:listing-good", pk=found.pk)
