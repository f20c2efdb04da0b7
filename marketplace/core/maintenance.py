"""Closed for a while: a file says so, because the database may be what is being worked on."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from marketplace.core.kept import typed

OPEN = (
    *("/dashboard/", "/incubator/", "/cms/", "/sign-in/", "/sign-out/", "/second-step/", "/password/", "/healthz"),
    *("/metrics", settings.STATIC_URL, "/robots.txt"),
)
"""Staff go on working, and whoever watches the site goes on watching."""
RETRY_SECONDS = 300
"""What is promised where nobody said how long it takes."""


def file() -> Path:
    return settings.DATA_DIR / "maintenance.json"


def begin(*, until: datetime | None) -> None:
    """From now on, on this machine, until ``finish``. Written whole or not at all."""
    file().parent.mkdir(parents=True, exist_ok=True)
    unfinished = file().with_suffix(".unfinished")
    unfinished.write_text(json.dumps({"until": until.isoformat() if until else ""}))
    unfinished.rename(file())


def finish() -> None:
    file().unlink(missing_ok=True)


def is_on() -> bool:
    return file().exists()


def seconds_left() -> int:
    """How long it takes, as far as somebody said so; a file made by hand is as good as one of ours."""
    try:
        until = datetime.fromisoformat(json.loads(file().read_text())["until"])
        left = until - timezone.now()
    except (OSError, ValueError, KeyError, TypeError):
        return RETRY_SECONDS
    return max(60, round(left / timedelta(seconds=1)))


class Closed:
    """Answers everybody but staff with 503, and with when to come back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_on() or request.path.removeprefix("/en").startswith(OPEN):
            return self.get_response(request)
        english = request.path == "/en" or request.path.startswith("/en/")
        seconds = seconds_left()
        with translation.override("en" if english else settings.LANGUAGE_CODE):
            page = render_to_string("errors/maintenance.html", {"minutes": -(-seconds // 60), "form": typed(request)})
        return HttpResponse(page, status=503, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"})
