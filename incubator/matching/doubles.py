"""Who is already there: entries of the fair, members, and other forms that wait, for one registration by form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from incubator.members.models import Cooperative, EcommercePartner
from marketplace.accounts import roles

from .models import FairApplication, FairPartner, FairProduct, Side

MARKS = re.compile(r"[\s()（）·・,，.。\-]+")
ENDINGS = re.compile(r"(有限责任公司|有限公司|公司|农民专业合作社|专业合作社|合作社)$")


def bare(name: str) -> str:
    """A name without blanks, brackets and the form of the company: what two spellings of one name share."""
    return ENDINGS.sub("", MARKS.sub("", name))


@dataclass(frozen=True)
class Doubles:
    """``entries`` of the fair and ``members`` that may be the same, ``others``: forms of the same name that wait."""

    entries: list[Any]
    members: list[Any]
    others: list[FairApplication]

    def __bool__(self) -> bool:
        return bool(self.entries or self.members or self.others)


def doubles_of(application: FairApplication) -> Doubles:
    """Candidates only: staff say whether it is the same."""
    fair, name = application.fair, bare(application.name)
    within = roles.within((roles.stem(fair.area),))
    entries: list[FairProduct | FairPartner]
    members: list[Cooperative | EcommercePartner]
    if application.side == Side.PRODUCTS:
        good = bare(str(application.values.get("name", "")))
        entries = [
            each for each in fair.products.all() if bare(each.cooperative_name) == name and bare(each.name) == good
        ]
        members = [each for each in Cooperative.objects.active().filter(within) if bare(each.name) == name]
    else:
        entries = [each for each in fair.partners.all() if bare(each.name) == name]
        members = [each for each in EcommercePartner.objects.active().filter(within) if bare(each.name) == name]
    others = fair.applications.waiting().filter(side=application.side).exclude(pk=application.pk)
    same = [each for each in others if bare(each.name) == name and is_same_good(each, application)]
    return Doubles(entries, members, same)


def is_same_good(one: FairApplication, other: FairApplication) -> bool:
    """A cooperative with two goods sends two forms."""
    if one.side == Side.PARTNERS:
        return True
    return bare(str(one.values.get("name", ""))) == bare(str(other.values.get("name", "")))
