"""Who may enter the operators' dashboard: platform operators, and nobody else, whatever a page of Oscar would allow.

Oscar opens an order to anybody with one line in it; sellers therefore never come here. They have the seller centre.
"""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.shortcuts import redirect, render
from django.urls import is_valid_path, reverse
from django.utils.translation import gettext as _

from marketplace.accounts import roles
from marketplace.accounts.models import Role

PATHS = ("/dashboard/", "/en/dashboard/")
EDITORS = "/cms/"
ROOMS: dict[str, Role] = {
    "listings": Role.REVIEWER,
    "shops": Role.REVIEWER,
    "money": Role.FINANCE,
    "promotions": Role.FINANCE,
    "income": Role.FINANCE,
}
"""First step below the dashboard → the role that may enter it as well as operators do."""


class OperatorsOnly:
    """Refuses everybody but operators below the dashboard's addresses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(PATHS):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if may_enter(request.user, request.path):
            return None
        room = first_room(request.user) if not room_of(request.path) else None
        if room is None:
            raise PermissionDenied
        return redirect(f"{request.path}{room}/")

    def process_exception(self, request, exception):
        """Oscar and Wagtail delete without asking who needs it: what records stand on stays, and the operator is told."""
        if not isinstance(exception, ProtectedError):
            return None
        reason = getattr(exception, "for_people", _("Orders, sales or other records need it, so it was not deleted."))
        request._messages = default_storage(request)  # Oscar says that it is done before it tries
        if request.path.startswith(PATHS):
            shown = {"reason": reason, "back": page_above(request.path)}
            return render(request, "oscar/dashboard/not_deleted.html", shown, status=409)
        if request.path.startswith(EDITORS):
            messages.error(request, reason)
            return redirect(request.get_full_path())
        return None


def may_enter(user, path: str) -> bool:
    """Operators may enter every room, others the room of a role they hold."""
    role = ROOMS.get(room_of(path))
    return user.is_superuser or (role is not None and roles.holds(user, role))


def first_room(user) -> str | None:
    """Where somebody begins who may not see the front page."""
    return next((room for room, role in ROOMS.items() if roles.holds(user, role)), None)


def is_shown(user, url_name, url_args=None, url_kwargs=None) -> bool:
    """What the navigation shows: headings, and pages the person may open."""
    return url_name is None or may_enter(user, reverse(url_name, args=url_args, kwargs=url_kwargs))


def page_above(path: str) -> str:
    """Where one looks at the thing instead of deleting it: /dashboard/catalogue/products/3/delete/ → …/3/."""
    above = f"{path.rstrip('/').rpartition('/')[0]}/"
    return above if is_valid_path(above) else reverse("dashboard:index")


def room_of(path: str) -> str:
    """/en/dashboard/listings/3/ → listings."""
    return path.partition("/dashboard/")[2].partition("/")[0]
