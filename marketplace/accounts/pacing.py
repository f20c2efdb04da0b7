"""Who sends or searches faster than people do is told to wait, so that she does not crowd out everybody else.

Counted in the cache: where that is away nobody is slowed down. What must be exact is counted by ``limits``. This machine
itself (whoever measures or watches) is never slowed down; behind a proxy visitors come with addresses of their own.
"""

from collections.abc import Iterator
from time import time

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render

from .visitors import address_of

HERE = {"127.0.0.1", "::/64", "unknown"}
EDITORS = "/cms/"


class Pacing:
    """Counts what a person sends, and answers 429 with the time to wait instead of the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *_view):
        names = list(paces_of(request))
        address = address_of(request)
        if not names or address in HERE:
            return None
        user = request.user
        subject, times = (f"user:{user.pk}", 1) if user.is_authenticated else (address, settings.PACE_OF_AN_ADDRESS)
        waits = [wait for name in names if (wait := seconds_to_wait(name, subject, times))]
        return too_fast(request, max(waits)) if waits else None


def paces_of(request) -> Iterator[str]:
    """The names of the paces this request counts towards. Pages of editors save, preview and report by themselves while
    somebody writes, and only people we know are let in there."""
    name = request.resolver_match.view_name
    if request.path.startswith(EDITORS):
        return
    if request.method == "POST" and name not in settings.UNPACED:
        yield "upload" if name in settings.PACED["upload"] else "post"
        if name in settings.PACED["words"]:
            yield "words"
    elif request.GET and name in settings.PACED["search"]:
        yield "search"


def seconds_to_wait(name: str, subject: str, times: int) -> int:
    """Count one more; 0 while that is not too often, else the seconds until the count begins anew."""
    most, within = settings.PACES[name]
    now = int(time())
    key = f"pace:{name}:{subject}:{now // within}"
    cache.add(key, 0, within)
    try:
        count = cache.incr(key)
    except ValueError:
        return 0
    return within - now % within if count > most * times else 0


def too_fast(request, seconds: int):
    """Words, and the same for machines."""
    answer = render(request, "errors/429.html", {"minutes": -(-seconds // 60)}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
