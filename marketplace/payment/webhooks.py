"""The door for providers' news: check who speaks, keep it once, answer at once. What it means is worked out by a task."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.core.second_try import repeatable

from . import stripe_events
from . import stripe_gateway as gateway


@repeatable
@csrf_exempt
@require_POST
def stripe(request):
    """200 for news of Stripe's, also when we have it already; 400 for anybody else's."""
    try:
        event = gateway.event_of(request.body, request.headers.get("Stripe-Signature", ""))
    except gateway.BadSignature:
        return HttpResponse(status=400)
    stripe_events.keep(event=event, at=timezone.now())
    return HttpResponse(status=200)
