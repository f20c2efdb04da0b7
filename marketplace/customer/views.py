"""A buyer's own pages. Whoever is not signed in is led to the door and back."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@login_required
@never_cache
def account(request):
    """Where everything of hers begins."""
    return render(request, "marketplace/customer/account.html")
