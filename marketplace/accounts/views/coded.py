"""Pages on which a code is asked for and given, on one form."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from marketplace.core.forms import first_error

from .. import codes, limits
from ..forms.fields import CodeForm
from ..visitors import address_of
from .entry import wanted

PAUSE_SECONDS = int(limits.CODE_PAUSE.within.total_seconds())


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Coded(View):
    """A form with a contact and a code. The button beside the code sends one and keeps what was typed."""

    form_class: type[CodeForm]
    template = ""

    def get(self, request):
        return self.show(self.form())

    def post(self, request):
        if "send" in request.POST:
            return self.send(self.form(request.POST, asking=True))
        form = self.form(request.POST)
        return self.proven(form) if form.is_valid() else self.show(form)

    def form(self, *args, **kwargs):
        return self.form_class(*args, **kwargs)

    def proven(self, form):
        """The code was right: do what the page is for."""
        raise NotImplementedError

    def send(self, form):
        """Send a code where the form says, and answer a script in JSON, a form with the page."""
        said, wait = "", 0
        if form.is_valid():
            said, wait = self.sent(form)
        if self.request.headers.get("X-Requested-With") == "fetch":
            words = said or first_error(form)
            return JsonResponse({"message": words, "wait": wait}, status=200 if said else 422)
        return self.show(form, said=said, wait=wait)

    def sent(self, form) -> tuple[str, int]:
        """What to say and how many seconds to wait for another one; nothing to say when it was refused."""
        visitor, at = address_of(self.request), timezone.now()
        try:
            codes.send(to=form.contact, purpose=form.purpose, visitor=visitor, at=at)
        except limits.TooMany as refusal:
            form.add_error("code", refusal.for_people)
            return "", refusal.seconds if refusal.limit is limits.CODE_PAUSE else 0
        except codes.NotSent as refusal:
            form.add_error("code", refusal.for_people)
            return "", 0
        words = _("A code is on its way to %(contact)s. It is good for 10 minutes.")
        return words % {"contact": form.contact.masked}, PAUSE_SECONDS

    def show(self, form, **context):
        return render(self.request, self.template, {"form": form, "next": wanted(self.request)} | context)
