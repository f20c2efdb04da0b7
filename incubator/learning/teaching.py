"""Who works with learners: incubator staff of their places, and trainers of theirs."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from marketplace.accounts import roles
from marketplace.accounts.models import Role


def places(user) -> tuple[str, ...]:
    """Beginnings of the codes of the places whose classes this person may see."""
    return tuple(sorted({*roles.areas_of(user, Role.INCUBATOR), *roles.areas_of(user, Role.TRAINER)}))


def teachers_only(view):
    """Decorator: strangers sign in first; whoever neither teaches nor works for the incubator finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not places(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
