"""A forgotten password: a code for who comes with a number, a link for who comes with an e-mail address."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .. import actions, codes, letters, limits
from ..contacts import Contact, Kind
from ..forms.password import ForgottenForm, PasswordByCodeForm, PasswordByLinkForm
from ..models import OneTimeCode
from ..visitors import address_of
from .coded import PAUSE_SECONDS, Coded
from .entry import come_in, on_to_sign_up


@method_decorator(never_cache, name="dispatch")
class Forgotten(View):
    """Whose password it is; the answer does not tell whether there is such an account."""

    def get(self, request):
        return self.show(ForgottenForm())

    def post(self, request):
        form = ForgottenForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        contact = form.cleaned_data["name"]
        try:
            self.send(contact)
        except (limits.TooMany, codes.NotSent) as refusal:
            form.add_error("name", refusal.for_people)
            return self.show(form)
        if contact.kind is Kind.EMAIL:
            return render(request, "marketplace/accounts/password_sent.html", {"contact": contact})
        return PasswordByCode.shown_after_sending(request, contact)

    def send(self, contact: Contact) -> None:
        visitor, at = address_of(self.request), timezone.now()
        if contact.kind is Kind.EMAIL:
            letters.send_password_link(to=contact, visitor=visitor, at=at)
        else:
            codes.send(to=contact, purpose=OneTimeCode.Purpose.PASSWORD, visitor=visitor, at=at)

    def show(self, form):
        return render(self.request, "marketplace/accounts/password_forgotten.html", {"form": form})


class PasswordByCode(Coded):
    """Number, code and a new password."""

    form_class = PasswordByCodeForm
    template = "marketplace/accounts/password_code.html"

    @classmethod
    def shown_after_sending(cls, request, contact: Contact):
        """The page as it looks once a code is on its way."""
        view = cls()
        view.setup(request)
        words = _("A code is on its way to %(contact)s. It is good for 10 minutes.") % {"contact": contact.masked}
        return view.show(cls.form_class(initial={"name": contact.address}), said=words, wait=PAUSE_SECONDS)

    def proven(self, form):
        user = form.contact.owner
        if user is None or not user.is_active:
            return on_to_sign_up(self.request, form.contact)
        actions.prove(user=user, contact=form.contact, at=timezone.now())
        return renewed(self.request, user, form.cleaned_data["password"])


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PasswordByLink(View):
    """Where the link of the letter leads."""

    def get(self, request, uid, token):
        return self.show(uid, token, None)

    def post(self, request, uid, token):
        return self.show(uid, token, request.POST)

    def show(self, uid, token, data):
        user = letters.user_of(uid, token)
        if user is None:
            return render(self.request, "marketplace/accounts/password_link_old.html", status=410)
        form = PasswordByLinkForm(data, user=user)
        if form.is_valid():
            actions.prove(user=user, contact=Contact(Kind.EMAIL, user.email or ""), at=timezone.now())
            return renewed(self.request, user, form.cleaned_data["password"])
        return render(self.request, "marketplace/accounts/password_link.html", {"form": form, "whose": user})


def renewed(request, user, password: str):
    """The new password counts; she proved who she is and may come in."""
    actions.set_password(user=user, password=password, by=user, at=timezone.now())
    messages.success(request, _("Your new password is set. Other devices have been signed out."))
    return come_in(request, user)
