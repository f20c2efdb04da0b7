"""Pages that belong to no package: errors, health, the table of areas, the gallery of components."""

import sys

from django.conf import settings
from django.core.exceptions import DisallowedHost, TooManyFilesSent
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marketplace.core import areas, maintenance, watching
from marketplace.core.cookies import COOKIES
from marketplace.core.gallery import sample_page
from marketplace.core.kept import typed
from marketplace.core.links import ours


def error_page(request, status, name):
    return render(request, f"errors/{name}.html", status=status)


def bad_request(request, exception=None):
    """Too many files at once is the one case in which we know what to say; who asks for a site that is not ours is told nothing."""
    if isinstance(exception, DisallowedHost):
        return HttpResponseBadRequest(content_type="text/plain")  # a page would ask for the name again
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES if isinstance(exception, TooManyFilesSent) else None
    return render(request, "errors/400.html", {"most_files": most}, status=400)


def forbidden(request, exception=None):
    return error_page(request, 403, "403")


def not_found(request, exception=None):
    return error_page(request, 404, "404")


def server_error(request):
    """Something of ours is broken, or what it stands on is away: a page that asks nothing of session, database or context."""
    lacks = watching.lacking(sys.exc_info()[1])
    if lacks:
        page = render_to_string("errors/503.html", {"lacks": lacks, "form": typed(request)})
        return HttpResponse(page, status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request, reason=""):
    """A form without a valid token: say what to do, keep the status honest."""
    return error_page(request, 403, "csrf")


@require_safe
@never_cache
def healthz(request):
    """For load balancers and whoever watches: 503 when the database is away, else 200 and a word on each part.

    A late worker, a full disk or a store that is away takes no web host out of service; the words say it, and the figures are for /metrics.
    """
    try:
        readings = watching.read()
    except Exception:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    parts = {
        "worker": "late" if readings.worker_is_late else "ok",
        "queue": "late" if readings.queue_is_late else "ok",
        "disk": "low" if readings.disk_is_low else "ok",
        "maintenance": "on" if maintenance.is_on() else "off",
    }
    if settings.OBJECT_STORE:
        parts["files"] = "away" if readings.store_is_away else "ok"
    is_well = set(parts.values()) <= {"ok", "off"}
    lines = ["ok" if is_well else "degraded", "database ok", *(f"{part} {word}" for part, word in parts.items())]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def cookies(request):
    """What this site keeps in a reader's browser, and what for."""
    return render(request, "marketplace/cookies.html", {"cookies": COOKIES})


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /basket/",
        "Disallow: /checkout/",
        "Disallow: /pay/",
        "Disallow: /seller/",
        "Disallow: /s/",
    ]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86400)
def area_tree(request, province):
    """Cities, counties and townships of a province for the address picker: nested [code, name, children]."""
    try:
        language = "en" if request.GET.get("in") == "en" else "zh"
        return JsonResponse(areas.picker_tree(province, language), safe=False)
    except areas.UnknownArea:
        raise Http404 from None


@require_safe
@cache_control(public=True, max_age=86400)
def manifest(request):
    """What a phone needs to put the shop on its home screen."""
    icons = [
        {"src": static(f"marketplace/img/app-icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    return JsonResponse(
        {
            "name": gettext("Yanxing"),
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f4f5f1",
            "theme_color": "#ffffff",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


TEXT_SIZES = {"large", "usual"}
A_YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # nothing is at stake, and a token would keep every page out of shared caches
@require_POST
def text_size(request):
    """Remember the size of text the reader asked for and lead her back to where she was."""
    response = redirect(ours(request, request.POST.get("next", "")) or "/")
    if request.POST.get("size") in TEXT_SIZES:
        response.set_cookie("text-size", request.POST["size"], max_age=A_YEAR, samesite="Lax")
    return response


@require_safe
def gallery(request):
    """Every component with sample data, for people who build pages."""
    return render(request, "components/gallery.html", sample_page())
