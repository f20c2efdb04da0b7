"""What providers told us, with the bodies as we keep them: secrets masked."""

import json

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.payment import stripe_events
from marketplace.payment.models import ProviderEvent

from .forms import NewsFilter


class NewsList(ListView):
    """Newest first, by state and by number or kind."""

    template_name = "oscar/dashboard/money/news.html"
    context_object_name = "news"
    paginate_by = 50

    def get_queryset(self):
        self.form = NewsFilter(self.request.GET)
        found = ProviderEvent.objects.defer("body").order_by("-id")
        if not self.form.is_valid():
            return found
        words, state = self.form.cleaned_data["q"].strip(), self.form.cleaned_data["state"]
        if words:
            found = found.filter(Q(number=words) | Q(about=words) | Q(kind__startswith=words))
        return found.filter(state=state) if state else found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form}


@require_safe
def piece(request, pk):
    """One piece of news with its body."""
    event = get_object_or_404(ProviderEvent, pk=pk)
    body = json.dumps(event.body, ensure_ascii=False, indent=2)
    return render(request, "oscar/dashboard/money/news_piece.html", {"event": event, "body": body})


@require_POST
def again(request, pk):
    """Work on it now, whatever came of it before."""
    event = get_object_or_404(ProviderEvent, pk=pk)
    stripe_events.work_on.call(event.pk)
    event.refresh_from_db()
    if event.last_error:
        messages.error(request, _("It did not work: %(error)s") % {"error": event.last_error})
    return redirect("dashboard:money-news-piece", pk=pk)


@require_POST
def done(request, pk):
    """A person has looked at it."""
    event = get_object_or_404(ProviderEvent, pk=pk)
    stripe_events.put_aside(event=event, by=request.user, at=timezone.now())
    return redirect("dashboard:money-news-piece", pk=pk)
