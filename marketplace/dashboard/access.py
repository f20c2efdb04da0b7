"""Who may enter the operators' dashboard: platform operators, and nobody else, whatever a page of Oscar would allow.

Oscar opens an order to anybody with one line in it; sellers therefore never come here. They have the seller centre.
"""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

from marketplace.accounts import roles
from marketplace.accounts.models import Role

PATHS = ("/dashboard/", "/en/dashboard/")
ROOMS: dict[str, Role] = {}
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
        if request.user.is_superuser:
            return None
        role = ROOMS.get(room_of(request.path))
        if role is None or not roles.holds(request.user, role):
            raise PermissionDenied
        return None


def room_of(path: str) -> str:
    """/en/dashboard/listings/3/ → listings."""
    return path.partition("/dashboard/")[2].partition("/")[0]
