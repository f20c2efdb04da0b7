"""Pages that belong to no package: errors, health, the table of areas, the gallery of components."""

from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marketplace.core import areas
from marketplace.core.gallery import sample_page
from marketplace.core.links import ours


def error_page(request, status, name):
    return render(request, f"errors/{name}.html", status=status)


def bad_request(request, exception=None):
    return error_page(request, 400, "400")


def forbidden(request, exception=None):
    return error_page(request, 403, "403")


def not_found(request, exception=None):
    return error_page(request, 404, "404")


def server_error(request):
    """Something of ours is broken, so this page asks nothing of session, database or context."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request, reason=""):
    """A form without a valid token: say what to do, keep the status honest."""
    return error_page(request, 403, "csrf")


@require_safe
def healthz(request):
    """200 "ok" when the database answers; 503 otherwise. For load balancers; says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return HttpResponse("database unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /basket/",
        "Disallow: /checkout/",
        "Disallow: /pay/",
        "Disallow: /seller/",
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
