"""What keeps an account hers: password, number and address, and the browsers that are signed in."""

from django.contrib import auth, messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts import actions, contacts, devices, second_factor, staff
from marketplace.accounts.contacts import Kind
from marketplace.accounts.forms.security import ChangePasswordForm, ContactForm, NicknameForm
from marketplace.accounts.pages import OwnRequest, own
from marketplace.accounts.views.coded import Coded

from ..pages import show

MOST_SHOWN = 50


@require_safe
@own
def security(request):
    """How she signs in, and where she is signed in."""
    sessions = [
        {"called": devices.called(session.agent), "session": session, "is_here": session.pk == key_of(request)}
        for session in living(request)[:MOST_SHOWN]
    ]
    return show(request, "security", here="security", sessions=sessions, second=second_step(request.user))


def second_step(user) -> dict | None:
    """How she proves herself as staff; None for who is none."""
    if not staff.is_staff(user):
        return None
    app = second_factor.of(user)
    return {"since": app.made_at, "codes": user.recovery_codes.filter(used_at=None).count()} if app else {"since": None}


def living(request):
    """Her sessions that still count, the latest first."""
    return request.user.sessions.filter(expire_date__gt=timezone.now()).order_by("-began_at", "-expire_date")


def key_of(request) -> str:
    return request.session.session_key or ""


@method_decorator([own, sensitive_post_parameters()], name="dispatch")
class Password(View):
    """Another password, for who knows the old one. This browser stays signed in, all others do not."""

    def get(self, request):
        return self.show(ChangePasswordForm(request=request))

    def post(self, request):
        form = ChangePasswordForm(request.POST, request=request)
        if not form.is_valid():
            return self.show(form)
        password = form.cleaned_data["password"]
        user = request.user
        actions.set_password(user=user, password=password, by=user, at=timezone.now(), keep=key_of(request))
        auth.update_session_auth_hash(request, user)
        messages.success(request, _("Your new password is set. Other devices have been signed out."))
        return redirect("customer:security")

    def show(self, form):
        return show(self.request, "password", here="security", form=form)


@method_decorator(own, name="dispatch")
class Contact(Coded):
    """Another mobile number or e-mail address, or the one she has, proved."""

    request: OwnRequest
    form_class = ContactForm
    kind = Kind.MOBILE

    def form(self, *args, **kwargs):
        kwargs.setdefault("initial", {"name": self.unproved()})
        return super().form(*args, kind=self.kind, request=self.request, **kwargs)

    def unproved(self) -> str:
        """What she has under this kind and never proved."""
        known = next((each for each in contacts.of(self.request.user) if each.kind is self.kind), None)
        if known is None or getattr(self.request.user, known.verified_at):
            return ""
        return known.address.removeprefix("+86")

    def proven(self, form):
        user = self.request.user
        try:
            actions.change_contact(user=user, contact=form.contact, by=user, at=timezone.now())
        except actions.Taken:
            form.add_error("name", _("Another account is known by it. Sign in there, or close that account first."))
            return self.show(form)
        messages.success(
            self.request, _("From now on you can sign in with %(contact)s.") % {"contact": form.contact.masked}
        )
        return redirect("customer:security")

    def show(self, form, **context):
        known = getattr(self.request.user, f"{self.kind.value}_verified_at")
        return show(self.request, "contact", here="security", form=form, kind=self.kind.value, known=known, **context)


@method_decorator(own, name="dispatch")
class Nickname(View):
    """How she is called."""

    def get(self, request):
        return self.show(NicknameForm(initial={"nickname": request.user.nickname}))

    def post(self, request):
        form = NicknameForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        actions.rename(user=request.user, nickname=form.cleaned_data["nickname"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("customer:security")

    def show(self, form):
        return show(self.request, "nickname", here="security", form=form)


@require_POST
@own
def end_session(request, handle):
    """That browser is signed out; ending the present one is signing out."""
    session = next((each for each in living(request) if each.handle == handle), None)
    if session is None:
        raise Http404
    actions.end_session(session=session, by=request.user)
    if session.pk == key_of(request):
        auth.logout(request)
        return redirect("home")
    messages.success(request, _("That device is signed out."))
    return redirect("customer:security")


@require_POST
@own
def end_others(request):
    """Every browser but this one."""
    actions.end_other_sessions(user=request.user, keep=key_of(request))
    messages.success(request, _("All other devices are signed out."))
    return redirect("customer:security")
