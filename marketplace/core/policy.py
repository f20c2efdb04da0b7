"""The content-security policy. Our pages load from this host only and run no inline script; they need no nonces, so they cache."""

from django.conf import settings

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; media-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'self'; base-uri 'none'"
)
# Wagtail's and Oscar's own pages carry inline script and style; they are for staff and stay on this host all the same.
STAFF = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; media-src 'self'; worker-src 'self' blob:; frame-src 'self'; "
    "form-action 'self'; frame-ancestors 'self'; base-uri 'self'"
)
ACTION = "form-action 'self'"
STAFF_PATHS = ("/cms/", "/dashboard/", "/en/dashboard/")


def strict() -> str:
    """The policy of our pages: a form may also end where a buyer pays."""
    return STRICT.replace(ACTION, " ".join([ACTION, *settings.PAYMENT_HOSTS]))


class ContentPolicyMiddleware:
    """Sets the policy of the part of the site the page belongs to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        policy = STAFF if request.path.startswith(STAFF_PATHS) else strict()
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()")
        return response
