"""The twelve sellers of the demonstration, their freight terms, and the producers behind their goods."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from marketplace.core import areas
from marketplace.partner.models import Partner
from marketplace.producers.models import Producer
from marketplace.seller import team
from marketplace.shipping.models import FreightTemplate, FreightZone

from . import accounts

TABLE = Path(__file__).with_name("sellers.json")
PLAIN = ("name", "name_en", "kind", "area", "story", "story_en")
WORKSHOP_SHELF = "非遗手工"


def load() -> int:
    """Make the sellers who are missing, each with her freight templates; returns how many there are."""
    rows = json.loads(TABLE.read_text(encoding="utf-8"))
    for row in rows:
        seller = make(row)
        for terms in row["freight"]:
            offer(seller, terms)
    return len(rows)


def make(row: dict) -> Partner:
    """One seller, with the people of her team where the table names any."""
    fields = {name: row[name] for name in PLAIN}
    if "closed_days" in row:
        fields["closed_until"] = timezone.localdate() + timedelta(days=row["closed_days"])
    seller, _made = Partner.objects.get_or_create(code=row["code"], defaults=fields | {"is_sample": True})
    for role, ending in row.get("team", {}).items():
        team.join(seller=seller, user=accounts.by_ending(ending), role=role)
    return seller


def offer(seller: Partner, terms: dict) -> None:
    """One freight template. Zones without a first fee are those she does not deliver to."""
    template, made = FreightTemplate.objects.get_or_create(seller=seller, name=terms["name"], defaults=terms_of(terms))
    if made:
        FreightZone.objects.bulk_create([zone(template, row) for row in terms["zones"]])


def terms_of(terms: dict) -> dict:
    """A template's columns as the database wants them."""
    free = terms.get("free_over_amount")
    return {
        "charge_by": terms["charge_by"],
        "free_over_amount": Decimal(free) if free else None,
        "free_over_quantity": terms.get("free_over_quantity"),
    }


def zone(template: FreightTemplate, row: dict) -> FreightZone:
    """One group of provinces with its price."""
    fees = {name: Decimal(row[name]) for name in ("first_fee", "extra_fee", "surcharge") if name in row}
    return FreightZone(template=template, **(row | fees))


def template_for(seller: Partner, *, ship_mode: str, shelf: str) -> FreightTemplate | None:
    """Chilled, frozen and live goods and handicrafts travel on terms of their own, where the seller has such."""
    usual, *special = FreightTemplate.objects.filter(seller=seller).order_by("id")
    travels_apart = ship_mode != "ambient" or shelf == WORKSHOP_SHELF
    return special[0] if special and travels_apart else usual


def producer_for(seller: Partner, county: str, shelf: str) -> Producer:
    """Who grew this seller's goods of one county: a household, a cooperative or, for handicrafts, a workshop."""
    kind = kind_of(seller, shelf)
    place = areas.get(county)
    suffix, suffix_en = NAMES[kind]
    producer, _made = Producer.objects.get_or_create(
        name=f"{place.short_name}{suffix}",
        defaults={
            "name_en": f"{place.name_en} {suffix_en}",
            "kind": kind,
            "area": county,
            "story": f"示例生产者，为演示而设，不指任何真实的人或单位。货品来自{areas.full_name(county)}。",
            "story_en": "A sample producer made up for demonstration; no real person or organisation is meant.",
            "is_sample": True,
        },
    )
    return producer


NAMES: dict[str, tuple[str, str]] = {
    Producer.Kind.COOPERATIVE: ("种植合作社(示例)", "growers' cooperative (sample)"),
    Producer.Kind.HOUSEHOLD: ("农家小院(示例)", "family farm (sample)"),
    Producer.Kind.WORKSHOP: ("木艺作坊(示例)", "wood workshop (sample)"),
}


def kind_of(seller: Partner, shelf: str) -> str:
    """Sole growers and small shops buy from households, the others from cooperatives."""
    if shelf == WORKSHOP_SHELF:
        return Producer.Kind.WORKSHOP
    small = seller.kind in {Partner.Kind.GROWER, Partner.Kind.INDIVIDUAL}
    return Producer.Kind.HOUSEHOLD if small else Producer.Kind.COOPERATIVE
