"""Which apps stand in the house. Oscar's list with our forks put in the place of the originals."""

import oscar

FORKS = {
    # Operators work in the dashboard and editors in the CMS; a third admin area has no door here.
    "django.contrib.admin": "django.contrib.admin.apps.SimpleAdminConfig",
    "oscar.config.Shop": "marketplace.shop.Shop",
    "oscar.apps.address.apps.AddressConfig": "marketplace.address.apps.AddressConfig",
    "oscar.apps.basket.apps.BasketConfig": "marketplace.basket.apps.BasketConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig": "marketplace.catalogue.apps.CatalogueConfig",
    "oscar.apps.checkout.apps.CheckoutConfig": "marketplace.checkout.apps.CheckoutConfig",
    "oscar.apps.customer.apps.CustomerConfig": "marketplace.customer.apps.CustomerConfig",
    "oscar.apps.dashboard.apps.DashboardConfig": "marketplace.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig": "marketplace.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig": "marketplace.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig": "marketplace.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig": "marketplace.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.order.apps.OrderConfig": "marketplace.order.apps.OrderConfig",
    "oscar.apps.partner.apps.PartnerConfig": "marketplace.partner.apps.PartnerConfig",
    "oscar.apps.payment.apps.PaymentConfig": "marketplace.payment.apps.PaymentConfig",
    "oscar.apps.search.apps.SearchConfig": "marketplace.search.apps.SearchConfig",
    "oscar.apps.shipping.apps.ShippingConfig": "marketplace.shipping.apps.ShippingConfig",
}

OUR_APPS = [
    "marketplace.core",
    "marketplace.accounts",
    "marketplace.producers",
    "marketplace.settlement",
    "marketplace.invoices",
    "marketplace.promotions",
    "marketplace.seller",
    "marketplace.offering",
    "marketplace.opening",
    "marketplace.aftersales",
    "marketplace.complaints",
    "marketplace.reviews",
    "marketplace.talk",
    "marketplace.favourites",
    "marketplace.sharing",
    "marketplace.demo",
    "incubator.members",
    "incubator.parks",
    "incubator.matching",
    "incubator.sales",
    "incubator.agreements",
    "incubator.households",
    "incubator.income",
    "incubator.impact",
    "incubator.learning",
    "cms.apps.ContentConfig",
]

WAGTAIL_APPS = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]

# Ours come first so that a template or command of ours wins; Wagtail's `update_index` must win over Haystack's.
INSTALLED_APPS = (
    OUR_APPS
    + WAGTAIL_APPS
    + [FORKS.get(app, app) for app in oscar.INSTALLED_APPS]
    + ["django.contrib.sitemaps", "django.forms", "easy_thumbnails", "django_tasks", "django_tasks_db", "django_otp"]
)

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

# Forks that add no columns keep Oscar's own migrations, so an upgrade brings them along.
MIGRATION_MODULES = {
    "basket": "oscar.apps.basket.migrations",
    "customer": "oscar.apps.customer.migrations",
}
