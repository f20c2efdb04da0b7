"""Coming in and going out."""

from django.contrib import auth
from django.shortcuts import redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from marketplace.core.links import ours

from .forms import PasswordForm


def way_on(request) -> str:
    """Where she wanted to go, if that is a page of ours; her own pages otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return ours(request, wanted) or resolve_url("customer:account")


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SignIn(View):
    """A name and a password. Who is known already but needs another account for a page finds the form all the same."""

    def get(self, request):
        if request.user.is_authenticated and "next" not in request.GET:
            return redirect("customer:account")
        return self.show(PasswordForm(request=request))

    def post(self, request):
        form = PasswordForm(request.POST, request=request)
        if not form.is_valid():
            return self.show(form)
        auth.login(request, form.user)
        return redirect(way_on(request))

    def show(self, form: PasswordForm):
        context = {"form": form, "next": ours(self.request, way_on(self.request))}
        return render(self.request, "marketplace/accounts/sign_in.html", context)


@require_POST
def sign_out(request):
    """Forget who this is; the basket stays with the account."""
    auth.logout(request)
    return redirect("home")
