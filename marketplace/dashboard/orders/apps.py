from django.urls import path
from oscar.apps.dashboard.orders import apps
from oscar.core.loading import get_class


class OrdersDashboardConfig(apps.OrdersDashboardConfig):
    """Orders, transfers and refunds for operators. Oscar's own order pages set states by hand; ours call the verbs."""

    name = "marketplace.dashboard.orders"

    def ready(self):
        """Oscar's views are not loaded, except its figures."""

    def get_urls(self):
        from marketplace.dashboard.orders import views

        figures = get_class("dashboard.orders.views", "OrderStatsView", module_prefix="oscar.apps")
        return [
            path("", views.OrderList.as_view(), name="order-list"),
            path("export/", views.export, name="order-export"),
            path("statistics/", figures.as_view(), name="order-stats"),
            path("transfers/", views.TransferList.as_view(), name="transfer-list"),
            path("transfers/<int:pk>/confirm/", views.confirm_transfer, name="transfer-confirm"),
            path("transfers/<int:pk>/slip/", views.slip, name="transfer-slip"),
            path("refunds/", views.RefundList.as_view(), name="refund-list"),
            path("refunds/<int:pk>/made/", views.refund_made, name="refund-made"),
            path("<str:number>/", views.OrderDetail.as_view(), name="order-detail"),
        ]
