from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    name = "marketplace.search"

    def ready(self):
        """Oscar's Haystack views are not loaded; lists and search are pages of the catalogue."""

    def get_urls(self):
        return []
