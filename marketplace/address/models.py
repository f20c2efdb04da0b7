"""Chinese addresses: one name, a mobile number, a place of the division table, and the rest of the way.

Columns Oscar already has are used as: first_name 收货人, state 省, line4 市, line3 区县, line2 乡镇街道, line1 详细地址.
The names are a snapshot, because places are renamed; ``area`` keeps the code they came from.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractUserAddress

from marketplace.address.chinese import ChineseAddress
from marketplace.core.fields import AreaField


class UserAddress(ChineseAddress, AbstractUserAddress):
    """A place a buyer has goods sent to, in her address book."""

    area = AreaField(_("Region"), blank=True)
    label = models.CharField(_("Label"), max_length=20, blank=True)

    class Meta(AbstractUserAddress.Meta):
        abstract = False
        app_label = "address"


from oscar.apps.address.models import *  # noqa: E402,F403
