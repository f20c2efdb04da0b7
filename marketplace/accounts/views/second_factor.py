"""Proving oneself by a second factor, setting one up, and new recovery codes."""

import django_otp
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from marketplace.core.qr import qr_svg

from .. import limits, second_factor
from ..forms.second_factor import SecondForm, SetUpForm
from ..forms.security import AskPasswordForm
from ..pages import OwnRequest, own
from ..staff import is_proved, is_staff, led_to
from .entry import way_on

BEGUN = "second-factor-begun"
"""In the session: which secret this browser was shown."""


def wrong() -> str:
    return _(
        "This code is not right, or was used already. Wait for the next one, and check that your phone's clock is right."
    )


@method_decorator([own, sensitive_post_parameters()], name="dispatch")
class Second(View):
    """A code, each time a browser first comes to a room of staff."""

    request: OwnRequest

    def get(self, request):
        if second_factor.of(request.user) is None:
            return redirect("accounts:second-set-up") if is_staff(request.user) else redirect("customer:security")
        if is_proved(request.user):
            return redirect(way_on(request, request.user))
        return self.show(SecondForm())

    def post(self, request):
        form = SecondForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            device = second_factor.check(user=request.user, typed=form.cleaned_data["code"], at=timezone.now())
        except limits.TooMany as refusal:
            form.add_error("code", refusal.for_people)
            return self.show(form)
        if device is None:
            form.add_error("code", wrong())
            return self.show(form)
        return proved(request, device, way_on(request, request.user))

    def show(self, form):
        shown = {"form": form, "next": way_on(self.request, self.request.user)}
        return render(self.request, "marketplace/accounts/second.html", shown)


@method_decorator([own, sensitive_post_parameters()], name="dispatch")
class SetUp(View):
    """A picture for the app to scan, and its first code. Who has an app already proves it before she takes another one."""

    request: OwnRequest

    def dispatch(self, request, *args, **kwargs):
        if not is_staff(request.user):
            raise Http404
        if second_factor.of(request.user) is not None and not is_proved(request.user):
            return led_to("accounts:second", request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(SetUpForm(request=request))

    def post(self, request):
        form = SetUpForm(request.POST, request=request)
        if not form.is_valid():
            return self.show(form)
        try:
            codes = second_factor.confirm(
                user=request.user,
                begun=request.session.get(BEGUN),
                typed=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except limits.TooMany as refusal:
            form.add_error("code", refusal.for_people)
            return self.show(form)
        if codes is None:
            form.add_error("code", wrong())
            return self.show(form)
        request.session.pop(BEGUN, None)
        django_otp.login(request, second_factor.of(request.user))
        request.session.cycle_key()
        return codes_shown(request, codes)

    def show(self, form):
        session = self.request.session
        begun = second_factor.begin(user=self.request.user, begun=session.get(BEGUN), at=timezone.now())
        session[BEGUN] = begun.pk
        shown = {
            "form": form,
            "next": way_on(self.request, self.request.user),
            "picture": qr_svg(second_factor.address(begun), label=_("Code for the authenticator app")),
            "secret": second_factor.written(begun),
        }
        return render(self.request, "marketplace/accounts/second_set_up.html", shown)


@method_decorator([own, sensitive_post_parameters()], name="dispatch")
class NewCodes(View):
    """Ten new recovery codes, for who proved herself and knows her password."""

    request: OwnRequest

    def dispatch(self, request, *args, **kwargs):
        if second_factor.of(request.user) is None:
            raise Http404
        if not is_proved(request.user):
            return led_to("accounts:second", request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(AskPasswordForm(request=request))

    def post(self, request):
        form = AskPasswordForm(request.POST, request=request)
        if not form.is_valid():
            return self.show(form)
        return codes_shown(request, second_factor.new_codes(user=request.user, at=timezone.now()))

    def show(self, form):
        return render(self.request, "marketplace/accounts/second_codes.html", {"form": form})


def proved(request, device, onward: str):
    """This browser is hers: its session goes on under another key."""
    django_otp.login(request, device)
    request.session.cycle_key()
    left = request.user.recovery_codes.filter(used_at=None).count()
    if left < 3:
        messages.warning(request, _("Recovery codes left: %(n)s. Please make new ones.") % {"n": left})
    return redirect(onward)


def codes_shown(request, codes):
    """The only time these codes can be read."""
    shown = {"codes": codes, "next": way_on(request, request.user)}
    return render(request, "marketplace/accounts/second_codes_shown.html", shown)
