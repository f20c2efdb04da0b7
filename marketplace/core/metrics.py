"""/metrics for Prometheus: what this process served, and how the whole site is doing. From this machine or with a token only."""

from ipaddress import ip_address

import prometheus_client
from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.values import MutexValue, ValueClass

from . import watching

REQUESTS = Counter("yanxing_requests", "Answers by room, method and status.", ["room", "method", "status"])
SECONDS = Histogram(
    "yanxing_request_seconds", "Time to answer by room.", ["room"], buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
)
MEANINGS = {
    "worker_seconds": "Seconds since the worker last said that it is alive.",
    "store_seconds": "Seconds since the object store last answered.",
    "queue_seconds": "Seconds the oldest task has been waiting.",
    "ready": "Tasks that wait.",
    "running": "Tasks under way.",
    "failed": "Tasks that failed and wait for somebody.",
    "undelivered": "Facts that not everybody has heard of.",
    "unsent": "Notices that are not sent yet.",
    "disk_free": "Free part of the disk, 0 to 1.",
}
METHODS = {"GET", "HEAD", "POST"}


class Site:
    """Collects the readings anew each time somebody asks; without a database it only says that."""

    def collect(self):
        try:
            readings = watching.read()
        except DatabaseError:
            yield GaugeMetricFamily("yanxing_database_up", "1 where the database answers.", value=0)
            return
        yield GaugeMetricFamily("yanxing_database_up", "1 where the database answers.", value=1)
        for name, meaning in MEANINGS.items():
            value = getattr(readings, name)
            if value is not None:
                yield GaugeMetricFamily(f"yanxing_{name}", meaning, value=value)


def count(request, status: int, seconds: float) -> None:
    """One answer. Rooms are the first step of known addresses, so that nobody can make up names of series."""
    match = request.resolver_match
    room = match.route.strip("^").split("/")[0] if match else "unknown"
    room = room if room and room.isidentifier() else "page"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(room, method, f"{status // 100}xx").inc()
    SECONDS.labels(room).observe(seconds)


def may_read(request) -> bool:
    """True for whoever holds the token, and for this machine itself, unless a proxy asks for somebody else."""
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_safe
@never_cache
def metrics(request):
    """Everything in Prometheus' text form; for anybody else there is no such page."""
    if not may_read(request):
        raise Http404
    own = prometheus_client.REGISTRY
    if ValueClass is not MutexValue:  # several processes under one roof add up in files
        own = CollectorRegistry()
        multiprocess.MultiProcessCollector(own)
    site = CollectorRegistry()
    site.register(Site())
    text = prometheus_client.generate_latest(own) + prometheus_client.generate_latest(site)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
