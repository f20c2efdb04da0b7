"""Who may enter the rooms where pages are written: editors and operators, and nobody else; and two rules that hold behind
all their doors.

Wagtail would lead a signed-in buyer to sign in once more; here she is told that this is not her room.
"""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms import usage
from cms.stories.refusal import StepRefused

PATH = "/cms/"
OPEN = ("/cms/login/", "/cms/logout/")


class EditorsOnly:
    """Refuses everybody else below the addresses of the content rooms."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(PATH):
            return usage.refuse_if_used(request)  # operators delete goods elsewhere; who is none was refused there
        if request.path in OPEN:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return usage.refuse_if_used(request)

    def process_exception(self, request, exception):
        """The last step of a workflow would publish a story without standing: led to where the agreement is recorded."""
        if not request.path.startswith(PATH) or not isinstance(exception, StepRefused):
            return None
        messages.error(request, exception.for_people)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":  # the dialogue that asks for a comment
            return JsonResponse({"step": "success", "redirect": reverse("story-consent", args=[exception.story])})
        return redirect("story-consent", exception.story)
