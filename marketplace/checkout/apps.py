from oscar.apps.checkout import apps


class CheckoutConfig(apps.CheckoutConfig):
    name = "marketplace.checkout"
    namespace = "checkout"

    def ready(self):
        """Oscar's views are not loaded: the pages are ours (see urls.py)."""

    def get_urls(self):
        from marketplace.checkout.urls import urlpatterns

        return urlpatterns
