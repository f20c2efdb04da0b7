"""What is done with costs and income shares. Audit rows never hold who a household is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from incubator.households.models import HouseholdLink
from incubator.members.models import Cooperative
from marketplace.core import audit
from marketplace.core.money import split
from marketplace.core.refusal import Refusal

from .models import CostRule, IncomeRound, IncomeShare


@transaction.atomic
def set_cost(*, by, at: datetime, **values: Any) -> CostRule:
    """From this day on it costs so much; the same start a second time corrects it."""
    key = {name: values.pop(name) for name in ("account", "code", "kind", "since")}
    rule, made = CostRule.objects.update_or_create(**key, defaults=values | {"by": by, "made_at": at})
    audit.record("cost.set" if made else "cost.corrected", of=rule, by=by, kind=rule.kind, value=rule.value)
    return rule


@transaction.atomic
def drop_cost(*, rule: CostRule, by) -> None:
    """It is unknown again."""
    audit.record("cost.dropped", of=rule, by=by, kind=rule.kind)
    CostRule.objects.filter(pk=rule.pk).delete()


@transaction.atomic
def open_round(
    *, cooperative: Cooperative, since: date, until: date, basis: str, distributable_fen: int, evidence: int, by, at
) -> IncomeRound:
    """So much can be shared for these days. Days of two rounds of one cooperative never overlap. Raises Refusal."""
    Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    if until < since:
        raise Refusal(_("It cannot end before it begins."))
    if distributable_fen < 0:
        raise Refusal(_("There is nothing to share: costs are higher than sales."))
    if cooperative.income_rounds.filter(since__lte=until, until__gte=since).exists():
        raise Refusal(_("These days were shared already."))
    made = IncomeRound.objects.create(
        cooperative=cooperative,
        since=since,
        until=until,
        basis=basis,
        distributable_fen=distributable_fen,
        evidence=evidence,
        by=by,
        made_at=at,
    )
    audit.record("income_round.opened", of=made, by=by, fen=distributable_fen)
    return made


def locked(round: IncomeRound) -> IncomeRound:
    """The round, as long as it may change."""
    round = IncomeRound.objects.select_for_update().get(pk=round.pk)
    if round.is_final:
        raise Refusal(_("This is final and can no longer change."))
    return round


def links_in(round: IncomeRound):
    """Links of households to the cooperative that held in these days."""
    links = HouseholdLink.objects.filter(cooperative=round.cooperative_id, since__lte=round.until)
    return links.exclude(until__lt=round.since).select_related("household").order_by("household", "kind", "pk")


@transaction.atomic
def allocate(*, round: IncomeRound, weights: Mapping[int, int], retained_fen: int, by) -> IncomeRound:
    """Share what is not retained in proportion to the weights of links, to the fen (largest remainder): shares and what is
    retained add up to what could be distributed. Sharing again replaces the shares. Who shared is who has entered the round. Raises Refusal."""
    round = locked(round)
    shared = round.distributable_fen - retained_fen
    if shared < 0:
        raise Refusal(_("More cannot be retained than there is."))
    by_household: dict[tuple[int, str], int] = {}
    for link in links_in(round):
        key = link.household_id, link.kind
        by_household[key] = by_household.get(key, 0) + max(0, weights.get(link.pk, 0))
    chosen = {key: weight for key, weight in by_household.items() if weight}
    if shared and not chosen:
        raise Refusal(_("Say what the households are counted by: nobody has a weight."))
    round.shares.all().delete()
    parts = split(shared, list(chosen.values())) if chosen else []
    IncomeShare.objects.bulk_create(
        [
            IncomeShare(round=round, household_id=household, kind=kind, weight=weight, fen=fen)
            for ((household, kind), weight), fen in zip(chosen.items(), parts, strict=True)
        ]
    )
    round.retained_fen, round.by = retained_fen, by
    round.save(update_fields=["retained_fen", "by"])
    audit.record("income_round.shared", of=round, by=by, households=len({key[0] for key in chosen}))
    return round


@transaction.atomic
def make_final(*, round: IncomeRound, by, at) -> IncomeRound:
    """A second person agrees; from here on nothing changes. Raises Refusal."""
    round = locked(round)
    if by.pk == round.by_id:
        raise Refusal(_("A second person has to check it; you entered it yourself."))
    if sum(round.shares.values_list("fen", flat=True)) + round.retained_fen != round.distributable_fen:
        raise Refusal(_("Shares and what is retained do not add up to what can be distributed yet."))
    round.final_by, round.final_at = by, at
    try:
        round.save(update_fields=["final_by", "final_at"])
    except IntegrityError:
        raise Refusal(_("A second person has to check it; you entered it yourself.")) from None
    audit.record("income_round.final", of=round, by=by)
    return round


def note_reading(*, round: IncomeRound, by, how: str) -> None:
    """Who saw which household earned what: on a page or as a file."""
    audit.record("income_round.read", of=round, by=by, how=how)
