"""How the stand-in says no: the bodies of Stripe's errors."""

from .shapes import Resource


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, message: str, *, status: int = 400, code: str = "", kind: str = "invalid_request_error"):
        super().__init__(message)
        self.status = status
        self.body: Resource = {"error": {"type": kind, "message": message} | ({"code": code} if code else {})}


def missing(kind: str, number: str) -> Refusal:
    return Refusal(f"No such {kind}: '{number}'", status=404, code="resource_missing")


def whole(values: dict, name: str, least: int = 1) -> int:
    """A whole number of at least ``least`` from what was sent."""
    try:
        number = int(values[name])
    except (KeyError, TypeError, ValueError):
        raise Refusal(f"Invalid integer: {name}", code="parameter_invalid_integer") from None
    if number < least:
        raise Refusal(f"{name} must be at least {least}", code="parameter_invalid_integer")
    return number
