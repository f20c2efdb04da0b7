from oscar.apps.customer import apps


class CustomerConfig(apps.CustomerConfig):
    name = "marketplace.customer"
    namespace = "customer"

    def ready(self):
        """Oscar's views are not loaded: the pages are ours (see urls.py)."""

    def get_urls(self):
        from marketplace.customer.urls import urlpatterns

        return urlpatterns
