"""The one door of the seller centre: which seller a person acts for, and what she may do there.

Every page below ``/seller/`` wears ``seller_page("…")`` (functions) or ``SellerPage`` (classes). It sets ``request.seller``
and ``request.member``. Whoever belongs to no seller is led to opening a shop, a member without the capability gets 403,
and a page looks up its objects within ``request.seller``, so that another seller's answer 404.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views import View

from .capabilities import Can
from .models import Membership

CHOSEN = "seller"
"""Where the session keeps the seller a person of several teams acts for."""


def memberships_of(user) -> list[Membership]:
    """The teams a person is in, the oldest first; one query per request."""
    if not user.is_authenticated:
        return []
    if "_memberships" not in user.__dict__:
        user._memberships = list(user.memberships.select_related("seller").order_by("id"))
    return user._memberships


def choose(request, seller_id: int) -> bool:
    """Act for this seller from now on; False and no change for one whose team she is not in."""
    if not any(member.seller_id == seller_id for member in memberships_of(request.user)):
        return False
    request.session[CHOSEN] = seller_id
    return True


def current_member(request) -> Membership | None:
    """The person's place with the seller she acts for: the chosen one, else the first."""
    members = memberships_of(request.user)
    chosen = request.session.get(CHOSEN)
    return next((member for member in members if member.seller_id == chosen), members[0] if members else None)


def admit(request, capability: str | None):
    """Set ``request.seller`` and ``request.member``, or return the answer that leads elsewhere. Raises PermissionDenied."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    member = current_member(request)
    if member is None:
        return redirect("seller:open")
    if capability and not member.may(capability):
        raise PermissionDenied
    request.member, request.seller = member, member.seller
    return None


def seller_page(capability: Can | str | None = None):
    """Decorator of a seller's page; without a capability every member of the team may open it."""

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            return admit(request, capability) or view(request, *args, **kwargs)

        page.seller_capability = capability  # type: ignore[attr-defined]
        return page

    return decorate


class SellerPage(View):
    """The same for class-based views: put it first and name the ``capability``."""

    capability: Can | str | None = None

    def dispatch(self, request, *args, **kwargs):
        return admit(request, self.capability) or super().dispatch(request, *args, **kwargs)
