from django.urls import include, path
from oscar.apps.dashboard import apps


class DashboardConfig(apps.DashboardConfig):
    name = "marketplace.dashboard"

    def get_urls(self):
        """Our rooms stand before Oscar's."""
        return [path("money/", include("marketplace.dashboard.money.urls")), *super().get_urls()]
