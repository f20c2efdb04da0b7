"""Coming in by password or code, signing up, going out."""

from django.contrib import auth, messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .. import actions
from ..forms.door import DoorCodeForm, PasswordForm, SignUpForm
from .coded import Coded
from .entry import PROVEN, come_in, on_to_sign_up, remembered_proof, wanted, way_on


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SignIn(View):
    """A name and a password. Who is known already but needs another account for a page finds the form all the same."""

    def get(self, request):
        if request.user.is_authenticated and not wanted(request):
            return redirect(way_on(request, request.user))
        return self.show(PasswordForm(request=request))

    def post(self, request):
        form = PasswordForm(request.POST, request=request)
        if form.is_valid() and form.user:
            return come_in(request, form.user)
        return self.show(form)

    def show(self, form: PasswordForm):
        return render(
            self.request, "marketplace/accounts/sign_in.html", {"form": form, "next": wanted(self.request), "way": ""}
        )


class SignInByCode(Coded):
    """A code instead of a password. Who proves a contact that has no account yet is led to sign up."""

    form_class = DoorCodeForm
    template = "marketplace/accounts/sign_in_code.html"

    def proven(self, form):
        user = form.contact.owner
        if user is None:
            return on_to_sign_up(self.request, form.contact)
        if not user.is_active:
            form.add_error(None, _("This account has been blocked. Please write to us."))
            return self.show(form)
        actions.prove(user=user, contact=form.contact, at=timezone.now())
        return come_in(self.request, user)


class SignUp(Coded):
    """A new account, in one form."""

    form_class = SignUpForm
    template = "marketplace/accounts/sign_up.html"

    def form(self, *args, **kwargs):
        return super().form(*args, proven=remembered_proof(self.request), **kwargs)

    def proven(self, form):
        """Whoever proves a contact that has an account already is simply let in: it is hers."""
        try:
            user = actions.open_account(contact=form.contact, password=form.cleaned_data["password"], at=timezone.now())
        except actions.Taken:
            return self.known_already(form)
        self.request.session.pop(PROVEN, None)
        messages.success(self.request, _("Welcome! Your account is ready."))
        return come_in(self.request, user)

    def known_already(self, form):
        user = form.contact.owner
        if user is None or not user.is_active:
            form.add_error(None, _("This account has been blocked. Please write to us."))
            return self.show(form)
        actions.prove(user=user, contact=form.contact, at=timezone.now())
        messages.info(
            self.request, _("You already had an account, and are signed in. Your password is still the old one.")
        )
        return come_in(self.request, user)


@require_POST
def sign_out(request):
    """Forget who this is; the basket stays with the account."""
    auth.logout(request)
    return redirect("home")
