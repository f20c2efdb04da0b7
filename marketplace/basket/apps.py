from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    name = "marketplace.basket"
    namespace = "basket"

    def ready(self):
        """Oscar's views are not loaded: the pages are ours (see urls.py)."""

    def get_urls(self):
        from marketplace.basket.urls import urlpatterns

        return urlpatterns
