"""What a browser remembers of the link it came by: the code alone, signed, for seven days, the last one."""

SECONDS = 7 * 24 * 60 * 60
COOKIE, SALT = "shared", "marketplace.sharing"


def remembered(request) -> str:
    """The code; empty for none, one too old, or one we did not write."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS) or ""


def remember(response, code: str, *, secure: bool):
    """From now on this link is the last one."""
    response.set_signed_cookie(COOKIE, code, salt=SALT, max_age=SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response
