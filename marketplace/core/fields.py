"""Columns shared by several packages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import areas


def known_area(code: str) -> None:
    """Refuse a code that the division table does not know."""
    try:
        areas.get(code)
    except areas.UnknownArea:
        raise ValidationError(_("This place is not in the table of areas."), code="unknown_area") from None


class AreaField(models.CharField):
    """The code of a place in the official division table, from province down to township; names come from the table."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 12)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, known_area]
