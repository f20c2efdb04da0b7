"""Which cost rules hold for which sale, and what the shop's own ledger says it kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Subquery

from incubator.agreements.fulfilment import goods_of_facts
from incubator.sales.models import SaleFact, SaleFactQuerySet
from incubator.sales.states import SalesChannel
from marketplace.settlement.kinds import OF_SELLERS, Label
from marketplace.settlement.models import Entry, LineTerms

from .models import CostRule
from .waterfall import CostBasis, CostKind, Money, cost_of

MOST_LINES = 20_000


class TooManyLines(Exception):
    """More lines than one page adds up; a shorter period is needed."""


@dataclass(frozen=True)
class Costed:
    """A sale with its money."""

    fact: SaleFact
    money: Money


def facts_of(user, *, account: int | None, cooperative: int | None, since: date, until: date) -> SaleFactQuerySet:
    """Sales of these days this person may see: of an account, or of what counts for agreements of a cooperative."""
    return sold_between(account=account, cooperative=cooperative, since=since, until=until).visible_to(user)


def sold_between(*, account: int | None, cooperative: int | None, since: date, until: date) -> SaleFactQuerySet:
    """The same, wherever it was sold: what a cooperative can share depends on nobody's county."""
    facts = SaleFact.objects.current().counted().filter(sold_on__gte=since, sold_on__lte=until)
    if account:
        facts = facts.filter(account=account)
    if cooperative:
        facts = facts.filter(Exists(goods_of_facts().filter(agreement__cooperative=cooperative)))
    return facts


def costed(facts: SaleFactQuerySet) -> list[Costed]:
    """Each sale with what it cost; five queries, however many there are. Raises TooManyLines."""
    agreed = goods_of_facts().order_by("pk").values("agreement__commission_percent")[:1]
    found = list(
        facts.select_related("account")
        .annotate(agreed_percent=Subquery(agreed))
        .order_by("sold_on", "pk")[: MOST_LINES + 1]
    )
    if len(found) > MOST_LINES:
        raise TooManyLines
    rules = rules_of({fact.account_id for fact in found})
    kept = kept_by_shop([fact for fact in found if fact.account.channel == SalesChannel.STOREFRONT])
    return [Costed(fact, Money(fact.gross_fen, fact.refunded_fen, costs_of(fact, rules, kept))) for fact in found]


Rules = dict[tuple[int, str], list[CostRule]]


def rules_of(accounts: Iterable[int]) -> Rules:
    """By account and kind: rules with a code first, the latest first."""
    found: Rules = defaultdict(list)
    for rule in CostRule.objects.filter(account__in=accounts).order_by("-since", "-pk"):
        found[rule.account_id, rule.kind].append(rule)
    for rules in found.values():
        rules.sort(key=lambda rule: rule.code == "")
    return found


def costs_of(fact, rules: Rules, kept: dict[int, int]) -> dict[str, int | None]:
    """What every kind of cost took of one sale."""
    found: dict[str, int | None] = {}
    for kind in CostKind:
        rule = next((rule for rule in rules[fact.account_id, kind] if holds(rule, fact)), None)
        if rule is not None:
            found[kind] = by_rule(rule.basis, rule.value, fact)
        elif kind == CostKind.PLATFORM:
            found[kind] = kept.get(fact.pk)
        elif kind == CostKind.PARTNER and fact.agreed_percent is not None:
            found[kind] = by_rule(CostBasis.PERCENT, fact.agreed_percent, fact)
        else:
            found[kind] = None
    return found


def holds(rule: CostRule, fact: SaleFact) -> bool:
    """True if the rule speaks of this sale."""
    in_time = rule.since <= fact.sold_on and (rule.until is None or fact.sold_on <= rule.until)
    return in_time and rule.code in {"", fact.code}


def by_rule(basis: str, value, fact: SaleFact) -> int | None:
    return cost_of(
        basis,
        value,
        net=fact.gross_fen - fact.refunded_fen,
        grams=fact.grams_kept,
        packs=fact.quantity,
        is_first=bool(fact.is_first),
    )


def kept_by_shop(facts: Sequence[SaleFact]) -> dict[int, int]:
    """What the platform keeps of each line by its terms: commission, less its own discount, which the seller gets from it.

    A line of an order the ledger does not know is missing here: unknown.
    """
    goods = Entry.objects.filter(account__kind__in=sorted(OF_SELLERS), label=Label.GOODS)
    numbers = {fact.order_number for fact in facts}
    known = set(goods.filter(order__number__in=numbers).values_list("order__number", flat=True))
    by_line = {fact.line_key: fact.pk for fact in facts if fact.order_number in known}
    terms = LineTerms.objects.filter(line__in=[int(key) for key in by_line if key.isdecimal()])
    return {by_line[str(each.line_id)]: kept_of(each) for each in terms}


def kept_of(terms: LineTerms) -> int:
    """Commission less discount, both as far as they have not gone back."""
    back = terms.back
    return (terms.commission_fen - back.commission) - (terms.platform_discount_fen - back.discount)
