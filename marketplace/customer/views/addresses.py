"""The address book."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.pages import own
from marketplace.address import actions, pasting
from marketplace.address.models import UserAddress
from marketplace.core.links import ours

from ..forms import BookForm
from ..pages import show


def hers(request):
    """The addresses of this person's book, the usual one first."""
    return UserAddress.objects.filter(user=request.user).order_by("-is_default_for_shipping", "-pk")


@require_safe
@own
def address_list(request):
    return show(request, "addresses", here="addresses", addresses=hers(request), most=actions.MOST)


@method_decorator(own, name="dispatch")
class Address(View):
    """One address, new or known. A pasted one is read into the fields; nothing typed is lost."""

    def get(self, request, pk=None):
        address = self.address(pk)
        return self.show(address, BookForm(initial=BookForm.initial_of(address) if address else {}))

    def post(self, request, pk=None):
        address, form = self.address(pk), BookForm(request.POST)
        if "parse" in request.POST:
            found, said = pasting.read(request.POST)
            return self.show(address, self.untested(form, found), said=said)
        if "refresh" in request.POST:
            return self.show(address, self.untested(form, {}))
        return self.kept(address, form) if form.is_valid() else self.show(address, form)

    def address(self, pk) -> UserAddress | None:
        return get_object_or_404(hers(self.request), pk=pk) if pk else None

    def untested(self, form: BookForm, found: dict[str, str]) -> BookForm:
        """What was typed so far and what was read, without complaints about the rest."""
        return BookForm(initial={name: form[name].value() for name in form.fields} | found)

    def kept(self, address, form: BookForm):
        typed = form.cleaned_data
        try:
            actions.keep(user=self.request.user, form=form, usual=typed["usual"], label=typed["label"], address=address)
        except actions.CannotKeep as refusal:
            form.add_error(None, refusal.for_people)
            return self.show(address, form)
        messages.success(self.request, _("The address is in your book."))
        return redirect(self.way_on())

    def way_on(self) -> str:
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        return ours(self.request, asked) or reverse("customer:addresses")

    def show(self, address, form: BookForm, said: str = ""):
        context = {"address": address, "form": form, "paste_said": said, "next": self.way_on()}
        return show(self.request, "address", here="addresses", **context)


@require_POST
@own
def usual(request, pk):
    """Offer this one first."""
    actions.make_usual(address=get_object_or_404(hers(request), pk=pk))
    return redirect("customer:addresses")


@require_POST
@own
def delete(request, pk):
    """Forget one."""
    actions.take_out(address=get_object_or_404(hers(request), pk=pk))
    messages.success(request, _("The address is deleted. Orders on their way are not affected."))
    return redirect("customer:addresses")
