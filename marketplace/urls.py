"""The whole map. Chinese pages have no prefix, English ones stand under /en/; Wagtail's pages come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from marketplace.core import views
from marketplace.core.metrics import metrics
from marketplace.payment.webhooks import stripe as stripe_webhook
from marketplace.search.sitemaps import SITEMAPS
from marketplace.shop import pages_of

handler400 = "marketplace.core.views.bad_request"
handler403 = "marketplace.core.views.forbidden"
handler404 = "marketplace.core.views.not_found"
handler500 = "marketplace.core.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path("areas/<str:province>.json", views.area_tree, name="area-tree"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("text-size/", views.text_size, name="text-size"),
    path("language/", set_language, name="set_language"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS}, name="sitemap-index"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"),
    path("cms/login/", RedirectView.as_view(pattern_name="accounts:sign-in", query_string=True)),
    path("cms/", include("wagtail.admin.urls")),
    path("webhooks/stripe/", stripe_webhook, name="stripe-webhook"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("", include(pages_of("oscar")[0])),
    path("incubator/", include("incubator.urls")),
    path("impact/", include("incubator.impact.public_urls")),
    path("cookies/", views.cookies, name="cookies"),
    path("components/", views.gallery, name="gallery"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
