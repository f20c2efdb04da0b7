"""What every way in shares."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import auth, messages
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.links import ours

from .. import contacts, sessions
from ..contacts import Contact
from ..models import User
from ..workplaces import first_room_of

PROVEN = "proven_contact"
PROOF_HOLDS = timedelta(minutes=15)


def wanted(request) -> str:
    """The page she came for, if it is one of ours; empty if she only came to sign in."""
    return ours(request, request.POST.get("next") or request.GET.get("next", ""))


def way_on(request, user: User) -> str:
    """The page she came for; otherwise where she works, or her own pages if she only buys."""
    return wanted(request) or first_room_of(user) or resolve_url("customer:account")


def with_next(request, name: str) -> str:
    """The address of another page of the door that still knows where she wanted to go."""
    came_for = wanted(request)
    return f"{resolve_url(name)}?{urlencode({'next': came_for})}" if came_for else resolve_url(name)


def come_in(request, user: User):
    """The person is known now; lead her on."""
    onward = way_on(request, user)
    auth.login(request, user, backend="marketplace.accounts.backends.MobileOrEmailBackend")
    sessions.begin(request, timezone.now())
    return redirect(onward)


def on_to_sign_up(request, contact: Contact):
    """This browser has proved a contact that has no account yet: signing up need not ask again."""
    request.session[PROVEN] = {"address": contact.address, "at": timezone.now().isoformat()}
    words = _("There is no account under %(contact)s yet. Two more steps and you have one.")
    messages.info(request, words % {"contact": contact.masked})
    return redirect(with_next(request, "accounts:sign-up"))


def remembered_proof(request) -> Contact | None:
    """What this browser proved a few minutes ago."""
    proof = request.session.get(PROVEN)
    if not proof or datetime.fromisoformat(proof["at"]) + PROOF_HOLDS <= timezone.now():
        return None
    return contacts.read(proof["address"])
