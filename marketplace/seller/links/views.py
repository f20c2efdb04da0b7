"""Doors to a seller's share links."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.tables import handed_out, write_xlsx
from marketplace.sharing import actions, poster
from marketplace.sharing.models import ShareLink

from ..access import SellerPage, seller_page
from ..capabilities import Can
from .forms import LinkForm

PER_PAGE = 20


def own(request):
    """With the number of orders, in one query."""
    return ShareLink.objects.of_seller(request.seller).with_orders().select_related("product", "seller")


class Links(SellerPage):
    """All links with visits and orders, and the form that makes one."""

    capability = Can.SHOP

    def get(self, request):
        return self.page(request, LinkForm(seller=request.seller))

    def post(self, request):
        form = LinkForm(request.POST, seller=request.seller)
        if not form.is_valid():
            return self.page(request, form, status=422)
        typed = form.cleaned_data | {"seller": request.seller, "by": request.user, "at": timezone.now()}
        typed["product"] = typed["product"].product if typed["product"] else None
        try:
            link = actions.make(**typed)
        except actions.SharingRefused as refusal:
            form.add_error(None, refusal.for_people)
            return self.page(request, form, status=422)
        return redirect("seller:link", pk=link.pk)

    def page(self, request, form, status=200):
        page = Paginator(own(request).order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "marketplace/seller/links/list.html", {"page": page, "form": form}, status=status)


@require_safe
@seller_page(Can.SHOP)
def link(request, pk):
    """One link with its poster."""
    found = get_object_or_404(own(request), pk=pk)
    pictures = {each: reverse("sharing:link-poster", args=[found.code, each]) for each in poster.FORMATS}
    is_shown = found.product is None or found.product.whole.is_public
    context = {
        "share": found,
        "name": found.product.display_title if found.product else found.seller.display_name,
        "link": request.build_absolute_uri(found.address),
        "pictures": pictures,
        "is_shown": is_shown,
    }
    return render(request, "marketplace/seller/links/link.html", context)


@require_POST
@seller_page(Can.SHOP)
def end(request, pk):
    """Remember nobody by it any more."""
    actions.end(link=get_object_or_404(own(request), pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("The link still leads to the page; visits and orders are no longer counted."))
    return redirect("seller:links")


@require_safe
@seller_page(Can.SHOP)
def table(request):
    """The list as a workbook."""
    headers = [_("Link"), _("Who shares?"), _("Name of it"), _("Goods"), _("Visits"), _("Orders carried"), _("Made on")]
    rows = [
        (
            request.build_absolute_uri(each.address),
            each.who,
            each.label,
            each.product.title if each.product else _("The whole shop"),
            each.visits,
            each.orders,
            localtime(each.made_at),
        )
        for each in own(request)
    ]
    return handed_out(f"links-{timezone.localdate():%Y%m%d}.xlsx", write_xlsx(headers, rows, title=_("Share links")))
