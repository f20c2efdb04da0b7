"""Loose goods shared by packs, and goods that one seller lets another sell: pages for both sides."""

import uuid

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.offering import actions
from marketplace.offering.supply_forms import CountForm, GrantForm, PoolForm
from marketplace.offering.words import usual_words
from marketplace.partner import actions as partner
from marketplace.partner.models import StockPool, StockRecord, SupplyGrant
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can

SHOWN = 50


class Pools(SellerPage):
    """Piles of loose goods: counted, and begun. A form that is wrong keeps what was typed."""

    capability = Can.LIST

    def get(self, request):
        return self.page(request, PoolForm())

    def post(self, request):
        if "new" in request.POST:
            return self.begin(request)
        counts = self.counts(request, request.POST)
        if not all(form.is_valid() for form in counts):
            return self.page(request, PoolForm(), counts, status=422)
        changed = sum(self.count(request, form) for form in counts)
        messages.success(request, _("Saved. Buyers see it now.") if changed else _("Nothing has changed."))
        return redirect("seller:pools")

    def begin(self, request):
        form = PoolForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        partner.make_pool(seller=request.seller, name=form.cleaned_data["name"], grams=form.grams(), by=request.user)
        messages.success(
            request, _("Saved. Now choose under “Price, stock and season” which packs are filled from it.")
        )
        return redirect("seller:pools")

    def count(self, request, form) -> bool:
        seen = form.cleaned_data["seen"]
        seen = form.pool.grams_free if seen is None else seen
        return partner.count_pool(pool=form.pool, free=form.grams(), seen=seen, by=request.user)

    def counts(self, request, data=None) -> list[CountForm]:
        """One form for each pile; of a POST those that were on its page."""
        forms = [CountForm(data, pool=pool) for pool in StockPool.objects.of(request.seller)[:SHOWN]]
        return [form for form in forms if data is None or f"{form.prefix}-kg" in data]

    def page(self, request, form, counts=None, status=200):
        counts = counts or self.counts(request)
        records = StockRecord.objects.filter(pool__in=[each.pool.pk for each in counts]).select_related(
            "product__parent", "partner"
        )
        packs: dict[int, list] = {}
        for record in records.order_by("pool_grams", "pk"):
            packs.setdefault(record.pool_id, []).append(record)
        rows = [(each, packs.get(each.pool.pk, [])) for each in counts]
        return render(request, "marketplace/seller/pools.html", {"form": form, "rows": rows}, status=status)


class Supply(SellerPage):
    """What others may sell of mine, and what I may sell of others."""

    capability = Can.LIST

    def get(self, request):
        return self.page(request, GrantForm(seller=request.seller))

    def post(self, request):
        form = GrantForm(request.POST, seller=request.seller)
        if form.is_valid() and self.grant(request, form):
            return redirect("seller:supply")
        return self.page(request, form, status=422)

    def grant(self, request, form) -> bool:
        said = form.cleaned_data
        try:
            partner.grant_supply(
                pool=said["pool"],
                seller=said["shop"],
                floor_per_kg=said["floor"],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                by=request.user,
                at=timezone.now(),
            )
        except partner.CannotSupply as refusal:
            form.add_error(None, refusal.for_people)
            return False
        messages.success(request, _("Granted. The shop finds the goods on its own page of supplies."))
        return True

    def page(self, request, form, status=200):
        today, counted = timezone.localdate(), Count("records")
        grants = SupplyGrant.objects.with_names().annotate(packs=counted)
        shown = {
            "form": form,
            "given": stated(grants.from_seller(request.seller)[:SHOWN], today),
            "taken": stated(grants.for_seller(request.seller)[:SHOWN], today),
            "has_pools": form.fields["pool"].queryset.exists(),
        }
        return render(request, "marketplace/seller/supply.html", shown, status=status)


def stated(grants, today) -> list[tuple[SupplyGrant, bool]]:
    """Each grant with whether it holds today."""
    return [(grant, grant.is_active_on(today)) for grant in grants]


@require_POST
@seller_page(Can.LIST)
def revoke(request, pk):
    """Take a grant back."""
    grant = get_object_or_404(SupplyGrant.objects.from_seller(request.seller), pk=pk)
    partner.revoke_supply(grant=grant, by=request.user, at=timezone.now())
    messages.success(
        request, _("Revoked. Nobody can order these goods there any more; what was ordered before is sent.")
    )
    return redirect("seller:supply")


@require_POST
@seller_page(Can.LIST)
def sell(request, pk):
    """Begin a listing of granted goods."""
    today = timezone.localdate()
    grant = get_object_or_404(SupplyGrant.objects.for_seller(request.seller).active(today), pk=pk)
    words = usual_words(request.seller) | {"source": f"grant:{grant.pk}", "title": grant.pool.name[:30]}
    draft = actions.keep(key=uuid.uuid4(), seller=request.seller, words=words, by=request.user, at=timezone.now())
    return redirect(draft)
