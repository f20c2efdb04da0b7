"""What all pages of a buyer share: they are hers alone, and the list of rooms beside them says where she is."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache


def own(view):
    """Decorator: only for somebody signed in, and kept by no cache."""
    return never_cache(login_required(view))


def show(request, name: str, *, here: str, status: int = 200, **context):
    """One of her pages; ``here`` is the room it belongs to."""
    return render(request, f"marketplace/customer/{name}.html", context | {"here": here}, status=status)
