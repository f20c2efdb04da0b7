"""The rooms of staff, and the door before them: who works there proves by a second factor that it is really she."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, resolve_url

from . import second_factor
from .models import User

ROOMS = ("/dashboard/", "/incubator/", "/cms/", "/seller/act-for/")
OPEN = ("/cms/login/", "/cms/logout/")


def is_staff(user: User) -> bool:
    """True for operators, for holders of a role and for editors: whoever may do what buyers and sellers may not."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or user.role_grants.exists() or user.groups.exists()


def is_room(path: str) -> bool:
    """True for addresses of staff, in either language."""
    here = path.removeprefix("/en")
    return here.startswith(ROOMS) and not here.startswith(OPEN)


def is_proved(user) -> bool:
    """True where this browser has shown a second factor of hers."""
    return user.otp_device is not None


class SecondFactor:
    """Leads staff to prove themselves before a room of theirs opens. Members who look at their own records are no staff.

    Where ``STAFF_SECOND_FACTOR`` is off (demonstrations), only those are asked who have set one up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return door_before(request) if is_room(request.path) else None


def door_before(request):
    """Where staff have to prove themselves first; None where nothing keeps this person out. For pages outside the rooms that show
    staff what is another person's."""
    if not is_staff(request.user) or is_proved(request.user):
        return None
    has_one = second_factor.of(request.user) is not None
    if not (has_one or settings.STAFF_SECOND_FACTOR):
        return None
    return led_to("accounts:second" if has_one else "accounts:second-set-up", request)


def led_to(name: str, request):
    """The page where she proves herself, and from there on to where she wanted to go."""
    wanted = request.get_full_path() if request.method == "GET" else ""
    address = f"{resolve_url(name)}?{urlencode({'next': wanted})}"
    if "application/json" in request.headers.get("Accept", "") and "text/html" not in request.headers["Accept"]:
        return JsonResponse({"sign_in": address}, status=403)
    return redirect(address)
