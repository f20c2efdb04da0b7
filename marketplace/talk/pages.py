"""What both sides' pages of a thread share."""

from collections.abc import Callable

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from .actions import send
from .forms import MessageForm
from .models import Message, MessagePhoto, Side, Thread

MOST_SHOWN = 100
"""The latest so many messages of a thread are shown."""


def messages_of(thread: Thread, side: Side, photo: Callable[[int], str]) -> list[dict]:
    """The latest messages, oldest first, with the addresses of their pictures; two queries."""
    latest = Message.objects.filter(thread=thread).prefetch_related("photos").order_by("-id")[:MOST_SHOWN]
    return [
        {
            "message": message,
            "is_mine": message.side == side,
            "photos": [photo(each.pk) for each in message.photos.all()],
        }
        for message in reversed(latest)
    ]


def sent(request, thread: Thread, side: Side, form: MessageForm) -> Message:
    """Send what a valid form holds."""
    return send(thread=thread, side=side, by=request.user, at=timezone.now(), **form.cleaned_data)


def photo_of(thread: Thread, pk: int) -> FileResponse:
    """A picture of this thread; nobody else's door leads to it."""
    photo = get_object_or_404(MessagePhoto, pk=pk, message__thread=thread)
    answer = FileResponse(photo.file.open(), content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
