"""Who may enter the rooms where pages are written: editors and operators, and nobody else.

Wagtail would lead a signed-in buyer to sign in once more; here she is told that this is not her room.
"""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

PATH = "/cms/"
OPEN = ("/cms/login/", "/cms/logout/")


class EditorsOnly:
    """Refuses everybody else below the addresses of the content rooms."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(PATH) or request.path in OPEN:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return None
