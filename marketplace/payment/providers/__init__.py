"""Ways to pay behind one interface. Adding a provider means one module here and one line in settings/payments.py."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .interface import Next, Outcome, Provider, RefundResult, Report, Unavailable

__all__ = ["Next", "Outcome", "Provider", "RefundResult", "Report", "Unavailable", "all_providers", "get"]


@cache
def load(paths: tuple[str, ...]) -> dict[str, Provider]:
    found = [import_string(path)() for path in paths]
    return {provider.code: provider for provider in found}


def all_providers() -> list[Provider]:
    """The providers on offer, in the order they are shown."""
    return list(load(tuple(settings.PAYMENT_PROVIDERS)).values())


def get(code: str) -> Provider:
    """The provider with this code, also one of past purchases; KeyError for any other."""
    return load((*settings.PAYMENT_PROVIDERS, *settings.PAST_PROVIDERS))[code]
