"""Every request gets a number, and is counted and noted when it is answered."""

import logging
import re
from time import perf_counter
from uuid import uuid4

from django.conf import settings

from . import logs, metrics

logger = logging.getLogger("yanxing.requests")
NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
UNCOUNTED = ("/healthz", "/metrics", settings.STATIC_URL)


class Watched:
    """The outermost part: what a proxy of ours called the request is kept, anybody else's word is not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = logs.request_id.set(number_of(request))
        began = perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = logs.request_id.get()
            if not request.path.startswith(UNCOUNTED):
                note(request, response.status_code, perf_counter() - began)
            return response
        finally:
            logs.request_id.reset(token)


def number_of(request) -> str:
    given = request.headers.get("X-Request-ID", "") if settings.PROXIES else ""
    return given if NUMBER.fullmatch(given) else uuid4().hex


def note(request, status: int, seconds: float) -> None:
    """The route, not the address: addresses hold numbers of orders and links that open them."""
    metrics.count(request, status, seconds)
    match = request.resolver_match
    route = match.route if match else "unknown"
    told = {"status": status, "method": request.method, "route": route, "ms": round(seconds * 1000)}
    logger.info("answered", extra=told)
