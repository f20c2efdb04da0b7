"""The page everything of hers begins on."""

from typing import Any

from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.accounts.pages import own
from marketplace.accounts.workplaces import workplaces_of
from marketplace.payment import actions as payments

from .. import claiming, shelf
from ..pages import show


@require_safe
@own
def account(request):
    """Who she is, what she waits for, and the way to each room."""
    payments.close_overdue_of(request.user, timezone.now())
    tabs = [tab for tab in shelf.tabs("", shelf.counts_of(request.user)) if tab.state in shelf.ON_ACCOUNT]
    guest_orders = claiming.count(request.user)
    context: dict[str, Any] = {"tabs": tabs, "coming": shelf.coming(request.user), "guest_orders": guest_orders}
    return show(request, "account", here="", workplaces=workplaces_of(request.user), **context)
