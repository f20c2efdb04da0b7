"""When goods are sold: the words for buyers where they are not, or not at once."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Product


def closed_words(product: Product, day: date) -> str:
    """Why this product or pack cannot be ordered on ``day``, whatever there is of it; empty if it can."""
    if product.is_withheld:
        return _("It is not on sale at the moment.")
    if product.is_sold_on(day):
        return ""
    whole = product.whole
    if whole.sale_from and day < whole.sale_from:
        return _("It is sold from %(day)s.") % {"day": date_format(whole.sale_from, "DATE_FORMAT")}
    return _("Its season ended on %(day)s.") % {"day": date_format(whole.sale_until, "DATE_FORMAT")}


def presale_words(product: Product, day: date) -> str:
    """When a pre-sale is sent; empty for goods that are sent at once."""
    promised = product.promised_by(day)
    return _("Pre-sale, sent by %(day)s") % {"day": date_format(promised, "DATE_FORMAT")} if promised else ""
