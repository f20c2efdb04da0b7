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

PROVEN = "proven_contact"
PROOF_HOLDS = timedelta(minutes=15)


def way_on(request) -> str:
    """Where she wanted to go, if that is a page of ours; her own pages otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return ours(request, wanted) or resolve_url("customer:account")


def with_next(request, name: str) -> str:
    """The address of another page of the door that still knows where she wanted to go."""
    return f"{resolve_url(name)}?{urlencode({'next': way_on(request)})}"


def come_in(request, user: User):
    """The person is known now; lead her on."""
    onward = way_on(request)
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
