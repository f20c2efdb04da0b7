"""Whether an order is being disputed. After-sale lives in an app of its own, which is asked only where it is installed."""

from collections.abc import Iterable

from django.apps import apps


def disputed(orders: Iterable[int]) -> set[int]:
    """Those of the orders (ids) that have an open after-sale case."""
    if not apps.is_installed("marketplace.aftersales"):
        return set()
    cases = apps.get_model("aftersales", "Case").objects.open()
    return set(cases.filter(order__in=list(orders)).values_list("order", flat=True))
