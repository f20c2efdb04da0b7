"""Couriers by the codes trackers use, with the names buyers know."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Carrier(models.TextChoices):
    """Who carries a parcel."""

    SF = "shunfeng", _("SF Express")
    ZTO = "zhongtong", _("ZTO Express")
    YTO = "yuantong", _("YTO Express")
    YUNDA = "yunda", _("Yunda Express")
    STO = "shentong", _("STO Express")
    JT = "jtexpress", _("J&T Express")
    JD = "jd", _("JD Logistics")
    POST = "youzhengguonei", _("China Post")
    EMS = "ems", _("EMS")
    DEPPON = "debangkuaidi", _("Deppon Express")
    OTHER = "other", _("Another courier")


def name_of(code: str) -> str:
    """The courier's name in the reader's language; the code itself if it is not known."""
    return str(Carrier(code).label) if code in Carrier.values else code
