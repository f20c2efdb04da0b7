"""Explanations in words, in the reader's language.

What is said of a pair may be read by both sides: no score, no price, no word about who needs help. Staff see numbers
beside the words, on their own pages.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from marketplace.core.text import is_english

from .engine import explain

CODE_NAMES = {
    "category": gettext_lazy("other categories"),
    "certificate": gettext_lazy("certificate missing"),
    "season": gettext_lazy("seasons do not overlap"),
    "region": gettext_lazy("outside the buying area"),
    "cold_chain": gettext_lazy("no cold chain"),
    "volume": gettext_lazy("not enough volume"),
    "price": gettext_lazy("prices do not meet"),
    "banned": gettext_lazy("banned by staff"),
}
ANSWER_NAMES = {
    explain.PINNED: gettext_lazy("Pinned by staff"),
    explain.CHOSEN: gettext_lazy("Proposed"),
    explain.IMPOSSIBLE: gettext_lazy("Not possible"),
    explain.BANNED: gettext_lazy("Banned by staff"),
    explain.PRODUCT_FULL: gettext_lazy("Product's slots taken"),
    explain.PARTNER_FULL: gettext_lazy("Partner's slots taken"),
    explain.BOTH_FULL: gettext_lazy("Slots of both taken"),
    explain.NO_GAIN: gettext_lazy("Adds nothing"),
}
COMPONENT_NAMES = {
    "growers": {
        "net_price": pgettext_lazy("score", "net price"),
        "reliability": pgettext_lazy("score", "kept promises"),
        "volume": pgettext_lazy("score", "volume taken"),
        "reach": pgettext_lazy("score", "sales channels"),
    },
    "partner": {
        "readiness": pgettext_lazy("score", "quality and readiness"),
        "price": pgettext_lazy("score", "price"),
        "certificates": pgettext_lazy("score", "certificates"),
        "season": pgettext_lazy("score", "season"),
        "volume": pgettext_lazy("score", "security of supply"),
    },
}


def listed(words: Iterable[Any]) -> str:
    """Words in a row as the reader's language writes them."""
    return (", " if is_english() else "、").join(str(word) for word in words)


def why(found: explain.Explanation, names: Callable[[str], str] = str) -> str:
    """The answer of one pair as a sentence or two. ``names`` turns codes of categories, certificates and places into words."""
    if found.answer in {explain.IMPOSSIBLE, explain.BANNED}:
        return said(*(reason(code, found.facts, names) for code in found.reasons))
    if found.answer == explain.PINNED and found.reasons:
        return said(_("Staff pinned this pair."), _("It does not meet every condition; staff wrote down why."))
    if found.answer == explain.PINNED:
        return said(_("Staff pinned this pair."), fit(found.facts, names))
    if found.answer == explain.CHOSEN:
        return said(_("A meeting is proposed."), fit(found.facts, names))
    return left_out(found)


def said(*sentences: str) -> str:
    """Sentences one after the other, with a blank between them where the reader's language has one."""
    return (" " if is_english() else "").join(sentences)


def fit(facts: dict[str, Any], names: Callable[[str], str]) -> str:
    """What both sides have in common."""
    months = ngettext(
        "Same category (%(category)s), %(n)s month of supply in common; certificates, area, volume and price fit.",
        "Same category (%(category)s), %(n)s months of supply in common; certificates, area, volume and price fit.",
        facts["common_months"],
    )
    return months % {"category": names(facts["category"]), "n": facts["common_months"]}


def left_out(found: explain.Explanation) -> str:
    """Possible, and yet not chosen."""
    facts = found.facts
    if not facts["product_slots"]:
        return _("Possible, but the product has no slots: it has cancelled or takes no part.")
    if not facts["partner_slots"]:
        return _("Possible, but the partner has no slots: it has cancelled or takes no part.")
    words = {
        explain.PRODUCT_FULL: _("Possible, but all slots of the product (%(product_slots)s) are taken by other pairs."),
        explain.PARTNER_FULL: _("Possible, but all slots of the partner (%(partner_slots)s) are taken by other pairs."),
        explain.BOTH_FULL: _(
            "Possible, but all slots of the product (%(product_slots)s) and of the partner (%(partner_slots)s) are taken by "
            "other pairs."
        ),
        explain.NO_GAIN: _("Possible, but it would add nothing for either side."),
    }
    return words[found.answer] % facts


def reason(code: str, facts: dict[str, Any], names: Callable[[str], str] = str) -> str:
    """One broken rule in words."""
    if code == "category":
        return _("The partner sells %(sold)s; the product is %(category)s.") % {
            "sold": listed(names(word) for word in facts["sold"]),
            "category": names(facts["category"]),
        }
    if code == "certificate":
        return _("The partner asks for certificates the product lacks: %(missing)s.") % {
            "missing": listed(names(word) for word in facts["missing"])
        }
    if code == "season":
        common = ngettext(
            "Only %(n)s month in common; at least 2 are needed.",
            "Only %(n)s months in common; at least 2 are needed.",
            facts["common_months"],
        )
        return common % {"n": facts["common_months"]}
    if code == "region":
        return _("The partner does not buy from %(county)s.") % {"county": names(facts["county"])}
    return str(PLAIN[code])


PLAIN = {
    "cold_chain": gettext_lazy("The product needs a cold chain, which the partner does not have."),
    "volume": gettext_lazy("A year's supply is less than the least the partner takes."),
    "price": gettext_lazy("After commission the partner's price does not reach what the product needs."),
    "banned": gettext_lazy("Staff decided that these two do not meet at this fair."),
}
