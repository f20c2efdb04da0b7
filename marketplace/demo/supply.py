"""Loose goods, who may sell them, and papers with a term: what stands behind the shelves of the demonstration's sellers.

All by the verbs that serve real people; every name says that it is made up.
"""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from marketplace.catalogue.models import Product
from marketplace.core.documents import FONT_FILE
from marketplace.opening import renewing
from marketplace.opening.licences import Licence, LicenceKind
from marketplace.partner import actions as partner
from marketplace.partner.models import Partner, StockPool
from marketplace.seller.capabilities import TeamRole

from . import accounts

GROWER, COOPERATIVE, TAKER = "weidong", "heitudi", "chuanxi"
RICE = "qqhr-rice"
PAPER_SIZE = (1200, 800)


@transaction.atomic
def load() -> None:
    """Once."""
    if not StockPool.objects.exists():
        pile_up_rice()
        let_others_sell()
    if not Licence.objects.exists():
        show_papers()


def owner_of(seller: Partner):
    return seller.members.filter(role=TeamRole.OWNER).select_related("user").first().user


def pile_up_rice() -> None:
    """The new rice in its three packs comes from one heap."""
    rice = Product.objects.get(upc=RICE)
    owner = owner_of(rice.seller)
    heap = partner.make_pool(seller=rice.seller, name="散装新米(示例)", grams=2_000_000, by=owner)
    for pack in rice.packs:
        partner.fill_from(record=pack.stock, pool=heap, by=owner)


def let_others_sell() -> None:
    """A cooperative lets the grower sell its black rice; another shop could, for a while."""
    cooperative = Partner.objects.get(code=COOPERATIVE)
    owner, now = owner_of(cooperative), timezone.now()
    heap = partner.make_pool(seller=cooperative, name="散装黑米(示例)", grams=800_000, by=owner)
    for code, floor in ((GROWER, "9.60"), (TAKER, "10.00")):
        grant = partner.grant_supply(
            pool=heap,
            seller=Partner.objects.get(code=code),
            floor_per_kg=Decimal(floor),
            starts_on=timezone.localdate(now) - timedelta(days=30),
            ends_on=timezone.localdate(now) + timedelta(days=150),
            by=owner,
            at=now - timedelta(days=30),
        )
        if code == TAKER:
            partner.revoke_supply(grant=grant, by=owner, at=now - timedelta(days=2))


def show_papers() -> None:
    """One paper that counts and ends soon, and one that waits for staff."""
    cooperative, now = Partner.objects.get(code=COOPERATIVE), timezone.now()
    owner, reviewer = owner_of(cooperative), accounts.by_ending("07")
    day = timezone.localdate(now)
    sent = {"seller": cooperative, "by": owner}
    ending = renewing.renew(
        kind=LicenceKind.LICENCE,
        file=paper("营业执照(示例)"),
        valid_until=day + timedelta(days=20),
        at=now - timedelta(days=345),
        **sent,
    )
    renewing.approve(licence=ending, by=reviewer, at=now - timedelta(days=344))
    food = paper("食品经营许可证(示例)")
    renewing.renew(
        kind=LicenceKind.FOOD, file=food, valid_until=day + timedelta(days=700), at=now - timedelta(hours=3), **sent
    )


def paper(title: str) -> ContentFile:
    """A sheet that says what it stands for, and nothing of anybody."""
    sheet = Image.new("RGB", PAPER_SIZE, "#f4f1e8")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle([30, 30, PAPER_SIZE[0] - 30, PAPER_SIZE[1] - 30], outline="#8a7f66", width=6)
    centre = (PAPER_SIZE[0] // 2, PAPER_SIZE[1] // 2)
    pen.text(centre, title, font=ImageFont.truetype(str(FONT_FILE), 72), fill="#4a4436", anchor="mm")
    out = BytesIO()
    sheet.save(out, "WEBP", quality=80)
    return ContentFile(out.getvalue())
