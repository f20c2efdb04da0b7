"""What all pages of one's own share: they are for her alone, and kept by no cache."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.views.decorators.cache import never_cache

from .models import User


class OwnRequest(HttpRequest):
    """A request as views behind ``own`` see it: somebody is signed in."""

    user: User


def own(view):
    """Decorator: only for somebody signed in, and kept by no cache."""
    return never_cache(login_required(view))
