"""Couriers by the codes trackers use, with the names buyers know, and what their numbers look like.

Number ranges change every year, so a number only suggests its courier: whoever ships may always choose another.
"""

import re

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


NUMBER = re.compile(r"[A-Za-z0-9-]{8,30}")
"""The one hard rule: letters, digits and hyphens."""

LIKELY = (
    (Carrier.SF, r"SF\d{9,15}|\d{12}"),
    (Carrier.YTO, r"YT\d{9,15}"),
    (Carrier.YUNDA, r"YD\d{9,15}"),
    (Carrier.JT, r"JT\d{9,15}"),
    (Carrier.JD, r"JD[A-Z]{0,3}\d{9,15}"),
    (Carrier.DEPPON, r"DPK\d{9,15}"),
    (Carrier.EMS, r"E[A-Z]\d{9}CN|(?:10|11|50|51|56)\d{11}"),
    (Carrier.POST, r"9[5-9]\d{11}"),
    (Carrier.STO, r"77\d{13}"),
    (Carrier.ZTO, r"7[3-9]\d{12}"),
    (Carrier.YUNDA, r"[34]\d{12}"),
)
"""What numbers look like, the surest signs first."""


def cleaned(number: str) -> str:
    """A number as people scan, type and paste it, without blanks and in capitals: " sf 123… " → "SF123…"."""
    return re.sub(r"\s+", "", number).upper()


def is_number(number: str) -> bool:
    """True if a courier could have written this."""
    return NUMBER.fullmatch(number) is not None


def guess(number: str) -> Carrier | None:
    """The courier whose numbers look like this one, or None."""
    number = cleaned(number)
    return next((carrier for carrier, pattern in LIKELY if re.fullmatch(pattern, number)), None)


def is_unusual(carrier: str, number: str) -> bool:
    """True if the number looks like that of another courier: worth a second look, never a reason to refuse."""
    likely = guess(number)
    return likely is not None and carrier != likely


def name_of(code: str) -> str:
    """The courier's name in the reader's language; the code itself if it is not known."""
    return str(Carrier(code).label) if code in Carrier.values else code


def by_name(name: str) -> Carrier | None:
    """The courier a table calls by its code or by any of its names: zhongtong, 中通快递, 中通, ZTO Express."""
    name = name.strip().lower()
    if not name:
        return None
    for carrier in Carrier:
        names = {carrier.value, carrier.name.lower(), *NAMES[carrier]}
        if name in names:
            return carrier
    return None


NAMES = {
    Carrier.SF: {"顺丰", "顺丰速运", "顺丰快递", "sf express"},
    Carrier.ZTO: {"中通", "中通快递", "zto express"},
    Carrier.YTO: {"圆通", "圆通速递", "圆通快递", "yto express"},
    Carrier.YUNDA: {"韵达", "韵达快递", "韵达速递", "yunda express"},
    Carrier.STO: {"申通", "申通快递", "sto express"},
    Carrier.JT: {"极兔", "极兔速递", "极兔快递", "j&t express"},
    Carrier.JD: {"京东", "京东物流", "京东快递", "jd logistics"},
    Carrier.POST: {"邮政", "中国邮政", "邮政快递包裹", "邮政包裹", "china post"},
    Carrier.EMS: {"邮政ems", "邮政特快专递"},
    Carrier.DEPPON: {"德邦", "德邦快递", "deppon express"},
    Carrier.OTHER: {"其他", "其他快递", "another courier"},
}
"""What people write into tables, in small letters."""
