"""Files of sales: looked at, taken in, taken back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.sales import actions, mapping, uploads
from incubator.sales.forms import SalesFileForm
from incubator.sales.models import ChannelAccount, SalesImport
from incubator.sales.reading.reader import channel_of
from incubator.sales.reading.refusals import UnknownHeader, say
from incubator.sales.states import IMPORTED, SalesChannel, SaleState
from incubator.shell import staff_only
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

PER_PAGE = 30
MOST_ERRORS_SHOWN = 100


def imports_of(user):
    """Imports into accounts of this person's places."""
    mine = SalesImport.objects.filter(account__in=ChannelAccount.objects.visible_to(user))
    return mine.select_related("account", "by")


@staff_only
@require_safe
def imports(request):
    """What was brought, the latest first."""
    page = Paginator(imports_of(request.user).defer("errors"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incubator/sales/imports.html", {"page": page})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request):
    """Choose a file; then see what it would do."""
    form = SalesFileForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file, chosen = form.cleaned_data["file"], form.cleaned_data
        asked = {"channel": chosen["channel"], "name": chosen["name"], "data": file.read(), "file_name": file.name}
        try:
            preview = uploads.look_at(**asked, by=request.user)
        except Refusal as refusal:
            form.add_error("name", refusal.for_people)
        else:
            context |= shown_of(preview, chosen)
    return render(request, "incubator/sales/bring.html", context)


def shown_of(preview, chosen) -> dict[str, Any]:
    """What a dry run found, and what the account could still be taught about it."""
    failure = preview.outcome.failure
    context: dict[str, Any] = {"chosen": chosen, "token": preview.token}
    if failure is None:
        context |= {"preview": preview, "errors": preview.outcome.explained[:MOST_ERRORS_SHOWN]}
    else:
        context["unknown"] = failure.for_people
    account = actions.account_to_try(channel=chosen["channel"], name=chosen["name"])
    headers = failure.headers if isinstance(failure, UnknownHeader) else []
    words = {kind: mapping.unknown_words(preview.outcome, f"unknown_{kind}") for kind in ("state", "unit")}
    if headers or any(words.values()):
        context["lesson"] = mapping.MappingForm(
            account=account, headers=headers, states=words["state"], units=words["unit"]
        )
        context["needed"] = mapping.needed_columns(account.channel) if headers else []
    if headers:
        context["looks_like"] = other_channel(headers, account.channel)
    return context


def other_channel(headers, channel: str) -> SalesChannel | None:
    """The channel these headers are of, where it is not the one that was chosen."""
    found = channel_of(headers)
    return SalesChannel(found) if found and found != channel else None


def form_without_file(request) -> SalesFileForm:
    """What was chosen for a file that is being looked at again."""
    form = SalesFileForm(request.POST, user=request.user)
    form.fields.pop("file")
    return form


@staff_only
@require_POST
def bring_as(request):
    """Look at a file again as one of another channel, without choosing it anew."""
    form = form_without_file(request)
    try:
        if not form.is_valid() or request.POST.get("instead") not in IMPORTED:
            raise Refusal(_("This preview is too old. Please choose the file again."))
        chosen, instead = form.cleaned_data, request.POST["instead"]
        asked = {"channel": chosen["channel"], "name": chosen["name"], "token": request.POST.get("token", "")}
        preview = uploads.look_again(**asked, instead=instead, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect("incubator:sales:bring")
    chosen = chosen | {"channel": instead}
    context = {"form": SalesFileForm(initial=chosen, user=request.user)} | shown_of(preview, chosen)
    return render(request, "incubator/sales/bring.html", context)


@staff_only
@require_POST
def teach(request):
    """Keep which column is which for this account, and look at the file again."""
    form = form_without_file(request)
    try:
        if not form.is_valid():
            raise Refusal(_("This preview is too old. Please choose the file again."))
        chosen = form.cleaned_data
        account = uploads.account_of(chosen["channel"], chosen["name"], chosen["area"], request.user)
        asked = {kind: request.POST.getlist(f"asked_{kind}")[: mapping.MOST] for kind in ("header", "state", "unit")}
        lesson = mapping.MappingForm(
            request.POST, account=account, headers=asked["header"], states=asked["state"], units=asked["unit"]
        )
        token = request.POST.get("token", "")
        context: dict[str, Any] = {"form": SalesFileForm(initial=chosen, user=request.user), "chosen": chosen}
        if lesson.is_valid():
            mapping.teach(account=account, form=lesson, by=request.user)
            preview = uploads.look_again(channel=chosen["channel"], name=chosen["name"], token=token, by=request.user)
            context |= shown_of(preview, chosen)
        else:
            context |= {"lesson": lesson, "token": token, "needed": mapping.needed_columns(account.channel)}
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect("incubator:sales:bring")
    return render(request, "incubator/sales/bring.html", context)


@staff_only
@require_safe
def accounts(request):
    """What every account was taught."""
    shown = ChannelAccount.objects.visible_to(request.user).imported()
    rows = [
        (each, each.columns.items(), [(word, SaleState(state).label) for word, state in each.states.items()])
        for each in shown
    ]
    return render(request, "incubator/sales/accounts.html", {"rows": rows})


@staff_only
@require_POST
def forget(request, pk):
    """The account forgets what it was taught about columns, words and days."""
    account = get_object_or_404(ChannelAccount.objects.visible_to(request.user), pk=pk)
    mapping.forget(account=account, by=request.user)
    return redirect("incubator:sales:accounts")


@staff_only
@require_POST
def take_in(request):
    """Take in what was looked at."""
    form = form_without_file(request)
    try:
        if not form.is_valid():
            raise Refusal(_("This preview is too old. Please choose the file again."))
        run = uploads.take_in(
            token=request.POST.get("token", ""), by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect("incubator:sales:imports")
    if run is None:
        messages.success(request, _("The file is being read. It appears in this list when it has begun."))
        return redirect("incubator:sales:imports")
    return redirect(reverse("incubator:sales:import", args=[run.pk]))


@staff_only
@require_safe
def import_page(request, pk):
    """What became of one file, with every refused row."""
    shown = get_object_or_404(imports_of(request.user), pk=pk)
    errors = [
        {"row": error["row"], "why": say(error["code"], error["params"])} for error in shown.errors[:MOST_ERRORS_SHOWN]
    ]
    return render(request, "incubator/sales/import.html", {"run": shown, "errors": errors})


@staff_only
@require_POST
def undo(request, pk):
    """Take an import back."""
    shown = get_object_or_404(imports_of(request.user), pk=pk)
    try:
        actions.undo_import(run=shown, by=request.user, at=timezone.now())
    except IllegalMove:
        messages.error(request, _("Only an import that is done can be undone."))
    else:
        messages.success(request, _("Undone: what only this file said counts no more."))
    return redirect(reverse("incubator:sales:import", args=[shown.pk]))
