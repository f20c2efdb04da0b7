"""A seller's goods as a table and back: one row for each pack. Taking it out and bringing it back changes nothing.

Price, stock and reminder are changed by the table at once. What buyers read (title, shelf, pack, weight, origin) is
reviewed, so a table cannot change it; rows without a number become drafts, to be photographed and submitted: those of
one title are packs of one good.
"""

from contextlib import suppress
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from marketplace.catalogue.models import Category, Product
from marketplace.core import imports, tables
from marketplace.core.imports import Meaning, RefusedRow
from marketplace.core.tables import Row
from marketplace.partner.models import StockRecord, below_floor

from .fields import narrow
from .models import Draft
from .packs import MORE
from .states import DraftState
from .words import usual_words

NUMBER, TITLE, SHELF, PACK, WEIGHT = "编号", "商品标题", "类目", "规格", "净含量(克)"
ORIGIN, PRICE, STOCK, LOW = "产地代码", "价格(元)", "库存", "库存提醒"
HEADERS = (NUMBER, TITLE, SHELF, PACK, WEIGHT, ORIGIN, PRICE, STOCK, LOW)
REVIEWED = (TITLE, SHELF, PACK, WEIGHT, ORIGIN)
PER_PACK = ("weight", "price", "stock")
MOST_ROWS = 2000
DEAREST, MOST_STOCK = Decimal("999999.99"), 999_999


def packs_of(seller):
    """Everything of this seller that has a price, in the order of the table."""
    packs = Product.objects.of(seller).filter(stockrecords__isnull=False).order_by("parent_id", "pk")
    return packs.select_related("parent").prefetch_related("stockrecords", "categories", "parent__categories")


def row_of(pack: Product) -> list:
    """One pack as a row."""
    whole, record = pack.whole, pack.stock
    shelf = next(iter(whole.categories.all()), None)
    return [
        pack.pk,
        whole.title,
        shelf.name if shelf else "",
        pack.pack,
        pack.net_weight_g or "",
        whole.origin,
        record.price,
        pack.available,
        "" if record.low_stock_threshold is None else record.low_stock_threshold,
    ]


def workbook(seller) -> bytes:
    """The table of all packs."""
    return tables.write_xlsx(HEADERS, [row_of(pack) for pack in packs_of(seller)], title="商品")


class GoodsImporter(imports.PlainImporter):
    """Rows of one seller's table. A number of another seller's pack is not there."""

    kind = "listings"

    def __init__(self, seller, by, at, rows=()):
        """``rows``: the whole table, because new rows of one title are packs of one good."""
        self.seller, self.by, self.at = seller, by, at
        self.packs = {str(pack.pk): pack for pack in packs_of(seller)}
        self.shelves = {shelf.name: str(shelf.pk) for shelf in Category.objects.browsable()}
        self.goods = packs_by_title(rows)
        self.begun: dict[str, Draft] = {}

    def meaning(self, row: Row) -> Meaning:
        return self.change(row) if row[NUMBER] else self.draft(row)

    def change(self, row: Row) -> Meaning:
        """New price, stock and reminder of a pack there is."""
        pack = self.packs.get(row[NUMBER])
        if pack is None:
            raise RefusedRow(_("There is no pack %(number)s in your shop.") % {"number": row[NUMBER][:20]})
        self.refuse_reviewed(row, pack)
        record = pack.stock
        price, free = money_in(row), whole_number(row, STOCK)
        if price < record.floor:
            raise RefusedRow(below_floor(record.floor))
        if record.pool and free != record.free:
            raise RefusedRow(_("This pack is filled from loose goods. Count those instead."))
        return Meaning(
            record,
            {
                "price": price,
                "num_in_stock": 0 if record.pool else record.num_allocated + free,
                "low_stock_threshold": whole_number(row, LOW) if row[LOW] else None,
            },
        )

    def refuse_reviewed(self, row: Row, pack: Product) -> None:
        """What buyers read is changed in the listing form; a column that is left out is left alone."""
        there = dict(zip(HEADERS, map(tables.plain, row_of(pack)), strict=True))
        for header in REVIEWED:
            if header in row.values and row[header] != there[header]:
                raise RefusedRow(
                    _("%(column)s is changed in the listing form, because it is reviewed.") % {"column": header}
                )

    def draft(self, row: Row) -> Meaning:
        """A new good, to be photographed; the same rows brought again are the same draft."""
        if not row[TITLE]:
            raise RefusedRow(_("A new good needs a title."))
        if row[SHELF] and row[SHELF] not in self.shelves:
            raise RefusedRow(_("There is no category %(name)s.") % {"name": row[SHELF][:30]})
        said(row)
        first, *more = self.goods.get(row[TITLE]) or [row]
        unit = {"weight_unit": "g"} if any(pack[WEIGHT] for pack in more) else {}
        words = usual_words(self.seller, self.shelves.get(first[SHELF], "")) | unit | said(first)
        for number, another in zip(MORE, more, strict=False):
            words |= {f"{name}_{number}": value for name, value in said(another).items() if name in PER_PACK}
        if row in more[len(MORE) :]:
            raise RefusedRow(_("A good has at most %(most)s packs in one table.") % {"most": len(MORE) + 1})
        return Meaning(self.draft_of(row[TITLE], words), {"words": words})

    def draft_of(self, title: str, words: dict) -> Draft:
        """The draft there is, or one for all rows of this title."""
        same = Draft.objects.of(self.seller).filter(state=DraftState.DRAFT, product=None, words=words).first()
        fresh = Draft(seller=self.seller, written_by=self.by, started_at=self.at, saved_at=self.at)
        return self.begun.setdefault(title, same or fresh)

    def save(self, meaning: Meaning, by, at) -> None:
        """Drafts and stock records are simply saved; the history of prices follows by itself."""
        record = meaning.record
        if isinstance(record, StockRecord):
            now = StockRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
            if record.pool_id is None:  # so many are free, whatever was promised meanwhile
                promised = now.num_allocated - record.num_allocated
                meaning.values = {**meaning.values, "num_in_stock": meaning.values["num_in_stock"] + promised}
        for name, value in meaning.values.items():
            setattr(record, name, value)
        record.save(update_fields=None if meaning.is_new else list(meaning.values))


def said(row: Row) -> dict[str, str]:
    """What the row types into the form. Raises RefusedRow."""
    typed = {
        "title": row[TITLE][:30],
        "spec": row[PACK][:60],
        "weight": str(whole_number(row, WEIGHT)) if row[WEIGHT] else "",
        "weight_unit": "g" if row[WEIGHT] else "",
        "price": str(money_in(row)) if row[PRICE] else "",
        "stock": str(whole_number(row, STOCK)) if row[STOCK] else "",
    }
    return {name: value for name, value in typed.items() if value}


def packs_by_title(rows) -> dict[str, list[Row]]:
    """Rows without a number, in their order, by title; what cannot be read is left to be refused."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if not row[NUMBER] and row[TITLE]:
            with suppress(RefusedRow):
                said(row)
                found.setdefault(row[TITLE], []).append(row)
    return found


def money_in(row: Row) -> Decimal:
    """The price of a row. Raises RefusedRow."""
    try:
        price = Decimal(narrow(row[PRICE]))
        if price.is_finite() and 0 < price <= DEAREST and price == price.quantize(Decimal("0.01")):
            return price.quantize(Decimal("0.01"))
    except InvalidOperation:
        pass
    raise RefusedRow(_("The price “%(typed)s” is no amount such as 59.90.") % {"typed": row[PRICE][:20]})


def whole_number(row: Row, header: str) -> int:
    """A number of packs or grams. Raises RefusedRow."""
    typed = narrow(row[header])
    if typed.isdecimal() and int(typed) <= MOST_STOCK:
        return int(typed)
    raise RefusedRow(_("%(column)s “%(typed)s” is no whole number.") % {"column": header, "typed": row[header][:20]})
