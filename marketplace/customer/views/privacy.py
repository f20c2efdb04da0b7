"""Her data: what she agreed to, a copy of everything, and the way out."""

from django.contrib import auth, messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.forms.security import AskPasswordForm
from marketplace.accounts.pages import OwnRequest, own

from .. import export, leaving
from .. import privacy as agreed
from ..pages import show


@require_safe
@own
def privacy(request):
    """What she agreed to, and the ways to her data."""
    return show(request, "privacy", here="privacy", agreements=agreed.agreements(request.user))


@require_POST
@own
def withdraw(request, pk):
    """She no longer agrees to this."""
    given = get_object_or_404(request.user.consents, pk=pk)
    if given.purpose in agreed.NEEDED:
        raise Http404
    agreed.withdraw(given=given, by=request.user, at=timezone.now())
    messages.success(request, _("Your agreement is withdrawn."))
    return redirect("customer:privacy")


@method_decorator([own, sensitive_post_parameters()], name="dispatch")
class Guarded(View):
    """A page that asks for the password before it does anything."""

    request: OwnRequest

    def get(self, request):
        return self.show(AskPasswordForm(request=request))

    def post(self, request):
        form = AskPasswordForm(request.POST, request=request)
        return self.allowed(form) if form.is_valid() else self.show(form)

    def allowed(self, form):
        """The password was right."""
        raise NotImplementedError

    def show(self, form):
        raise NotImplementedError


class Export(Guarded):
    """A copy of everything the site keeps about her."""

    def allowed(self, form):
        now = timezone.now()
        packed = export.archive(user=self.request.user, at=now)
        answer = HttpResponse(packed, content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="yanxing-{timezone.localtime(now):%Y-%m-%d}.zip"'
        return answer

    def show(self, form):
        return show(self.request, "export_ask", here="privacy", form=form)


class Close(Guarded):
    """The end of an account, once nothing of hers is unfinished."""

    def allowed(self, form):
        user = self.request.user
        try:
            leaving.close(user=user, by=user, at=timezone.now())
        except leaving.CannotClose:
            return self.show(form)
        auth.logout(self.request)
        messages.success(self.request, _("Your account is closed. Thank you for having been with us."))
        return redirect("home")

    def show(self, form):
        return show(self.request, "close", here="privacy", form=form, reasons=leaving.reasons(self.request.user))
