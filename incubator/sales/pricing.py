"""Raw prices as staff note them."""

from django.db import transaction

from marketplace.core import audit

from .models import RawPrice


@transaction.atomic
def note(*, good: str, by, at, **said) -> RawPrice:
    """Keep a raw price; the same said twice is kept once."""
    price, made = RawPrice.objects.get_or_create(good=good, **said, defaults={"by": by, "made_at": at})
    if made:
        audit.record("raw_price.noted", of=price, by=by, good=good)
    return price
