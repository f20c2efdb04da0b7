"""What cannot be read is refused with a page and 400: an address with a NUL in it (PostgreSQL keeps none, so whatever would look one
up breaks), and forms of the rooms of Wagtail and Oscar that somebody altered or made longer than the web server takes."""

import logging
import traceback

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError
from django.urls import NoReverseMatch
from PIL import UnidentifiedImageError

from marketplace.core.policy import STAFF_PATHS
from marketplace.core.views import bad_request

logger = logging.getLogger(__name__)
NOT_UNDERSTOOD = (
    ValueError, OverflowError, LookupError, TypeError, AttributeError, RecursionError, ValidationError, NoReverseMatch, DataError,
    UnidentifiedImageError,
)  # fmt: skip
"""What code ends with that takes hidden fields, numbers and days as its own page would have sent them."""
LONGEST_QUERY = 4094
"""As long as gunicorn lets the first line of a request be. Our own pages take more, from whatever server."""


class Readable:
    """Answers 400 before anything looks for what an address with a NUL names, and where a room of others could not read a form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        is_too_long = len(query) > LONGEST_QUERY and request.path.startswith(STAFF_PATHS)
        if "\x00" in request.path_info or "%00" in query or is_too_long:
            return bad_request(request)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Wagtail and Oscar believe their own forms, and theirs is not ours to mend. The log has the whole story, should it have been a
        mistake of theirs after all. Where code of ours had a hand in it, it stays a broken page."""
        sent = request.method == "POST" or request.GET
        if not sent or not request.path.startswith(STAFF_PATHS) or not isinstance(exception, NOT_UNDERSTOOD):
            return None
        if any(is_ours(frame.filename) for frame in traceback.extract_tb(exception.__traceback__)):
            return None
        logger.error("a form was not understood at %s", request.path, exc_info=exception)
        return bad_request(request)


def is_ours(file: str) -> bool:
    return file.startswith(str(settings.BASE_DIR)) and "site-packages" not in file
