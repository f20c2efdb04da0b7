from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    name = "marketplace.catalogue"
    namespace = "catalogue"

    def ready(self):
        """Oscar's views are not loaded: the pages are ours (see urls.py); its receivers keep categories consistent."""
        from oscar.apps.catalogue import receivers as oscar_receivers  # noqa: F401

        from marketplace.catalogue import receivers

        receivers.connect()

    def get_urls(self):
        from marketplace.catalogue.urls import urlpatterns

        return urlpatterns
