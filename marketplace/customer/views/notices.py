"""What she was told, and how she wants to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.pages import own
from marketplace.core import inbox
from marketplace.core.links import in_the_readers_language, ours
from marketplace.core.models import Notice

from ..forms import WaysForm
from ..pages import show

PER_PAGE = 20


@require_safe
@own
def notice_list(request):
    """Her inbox, the latest first."""
    page = Paginator(Notice.objects.inbox_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "notices", here="notices", page=page)


@require_safe
@own
def open_notice(request, pk):
    """Where a notice leads, in the reader's language; whoever follows it has read it."""
    notice = get_object_or_404(Notice.objects.inbox_of(request.user), pk=pk)
    inbox.read(notice=notice, at=timezone.now())
    link = ours(request, notice.link)
    return redirect(in_the_readers_language(link) if link else "customer:notices")


@require_POST
@own
def read_all(request):
    """Nothing of this is new any more."""
    inbox.read_all(user=request.user, at=timezone.now())
    return redirect("customer:notices")


@method_decorator(own, name="dispatch")
class Ways(View):
    """Which ways for which kind of event."""

    def get(self, request):
        return self.show(WaysForm(user=request.user))

    def post(self, request):
        form = WaysForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.show(form)
        inbox.choose(user=request.user, by_email=form.kinds("email"), by_sms=form.kinds("sms"))
        messages.success(request, _("From now on we tell you as you have chosen."))
        return redirect("customer:notice-ways")

    def show(self, form: WaysForm):
        return show(self.request, "notice_ways", here="notices", form=form)
