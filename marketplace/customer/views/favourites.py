"""Goods she keeps to find them again."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.accounts.pages import own
from marketplace.catalogue.models import Product
from marketplace.core.links import ours
from marketplace.favourites import actions
from marketplace.favourites.models import Favourite

from ..pages import show

PER_PAGE = 20
WISHED = "wished"
"""Where a guest's session keeps the good whose heart she pressed, until she has signed in."""


@require_safe
@own
def favourite_list(request):
    """Her favourites, with what has become of them."""
    kept = Favourite.objects.of(request.user).for_list()
    return show(
        request, "favourites", here="favourites", page=Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    )


@method_decorator(never_cache, name="dispatch")
class Heart(View):
    """The heart of one good. A guest who presses it signs in, and finds the good kept when she comes back."""

    def get(self, request, pk):
        """The way back from signing in: does only what was pressed in this very browser before."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        product = get_object_or_404(Product.objects.public(), pk=pk)
        if request.session.pop(WISHED, None) == pk:
            self.keep(product)
        return redirect(product)

    def post(self, request, pk):
        if not request.user.is_authenticated:
            request.session[WISHED] = pk
            messages.info(request, _("Please sign in, then it is among your favourites."))
            return redirect_to_login(request.path)
        if request.POST.get("keep") == "no":
            product = get_object_or_404(Product, pk=pk)
            actions.drop(product=product, by=request.user)
            messages.success(request, _("It is no longer among your favourites."))
        else:
            product = get_object_or_404(Product.objects.public(), pk=pk)
            self.keep(product)
        return redirect(ours(request, request.POST.get("next", "")) or product)

    def keep(self, product: Product) -> None:
        actions.keep(product=product, by=self.request.user, at=timezone.now())
        messages.success(self.request, _("It is among your favourites now."))
