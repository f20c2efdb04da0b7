"""Addresses with a NUL in them: PostgreSQL keeps none, so whatever would look one up breaks. Nobody types one either."""

from marketplace.core.views import bad_request


class Readable:
    """Answers 400 before anything looks for what such an address names."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        return self.get_response(request)
