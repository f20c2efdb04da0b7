from django.urls import path
from oscar.apps.dashboard.partners import apps


class PartnersDashboardConfig(apps.PartnersDashboardConfig):
    """Sellers, for operators. A shop is opened by its applicant and staffed by its owner, so Oscar's pages that make sellers and
    link people to them are not here: whoever they linked would have no place in a team, or be staff without a role."""

    name = "marketplace.dashboard.partners"

    def ready(self):
        """Oscar's views are not loaded before they are asked for."""

    def get_urls(self):
        from oscar.apps.dashboard.partners.views import PartnerDeleteView

        from marketplace.dashboard.partners import views

        return [
            path("", views.Sellers.as_view(), name="partner-list"),
            path("<int:pk>/", views.Seller.as_view(), name="partner-manage"),
            path("<int:pk>/delete/", PartnerDeleteView.as_view(), name="partner-delete"),
        ]
