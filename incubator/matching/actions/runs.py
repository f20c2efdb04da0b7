"""Match runs: asked for by a person, carried out by a worker, never changed afterwards."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from time import perf_counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from ..engine.match import Refused, Request, Result, match
from ..inputs import gather, hash_of, request_of
from ..models import Fair, FairState, MatchRun, Proposal, RunState
from ..models.runs import Step
from ..results import costs, proposals_of, report_of
from .fairs import locked, open_for_changes

MOST_PAIRS = 2_000_000
"""So many pairs are kept one by one; a larger market is for ``match_fair``'s engine on candidate lists."""
GIVEN_UP_AFTER = timedelta(minutes=10)


@transaction.atomic
def begin_run(*, fair: Fair, number: int, keep: bool, by, at) -> MatchRun:
    """Ask for run ``number`` of a fair; a number that is taken is the run that has it, so that pressing twice asks once.

    ``keep``: pairs of the run before are worth a little more, so that few of them move. Raises Refusal.
    """
    fair = open_for_changes(fair)
    taken = fair.runs.filter(number=number).first() or waiting(fair, at)
    if taken is not None:
        return taken
    previous = fair.runs.done().first() if keep else None
    inputs = gather(fair, previous)
    sizes = len(inputs["products"]), len(inputs["partners"])
    refuse_sizes(*sizes)
    last = fair.runs.first()
    run = MatchRun.objects.create(
        fair=fair,
        number=1 if last is None else last.number + 1,
        inputs=inputs,
        inputs_hash=hash_of(inputs),
        weights=inputs["weights"],
        previous=previous,
        products=sizes[0],
        partners=sizes[1],
        by=by,
        made_at=at,
    )
    audit.record("match_run.begun", of=run, by=by, hash=run.inputs_hash)
    from ..tasks import match_run

    transaction.on_commit(partial(match_run.enqueue, run.pk))
    return run


def refuse_sizes(products: int, partners: int) -> None:
    if not products or not partners:
        raise Refusal(_("Register products and e-commerce partners first."))
    if products * partners > MOST_PAIRS:
        raise Refusal(_("This fair is too large to explain every pair. Split it."))


def waiting(fair: Fair, at) -> MatchRun | None:
    """The run a worker is busy with; one that was given up long ago is closed as interrupted."""
    fair.runs.unfinished().filter(made_at__lt=at - GIVEN_UP_AFTER).update(state=RunState.FAILED, finished_at=at)
    return fair.runs.unfinished().first()


def carry_out(*, run_id: int) -> None:
    """Work a run off. Whoever comes second finds it taken and does nothing."""
    if not MatchRun.objects.filter(pk=run_id, state=RunState.QUEUED).update(state=RunState.RUNNING, step=Step.SOLVING):
        return
    run = MatchRun.objects.get(pk=run_id)
    started = perf_counter()
    try:
        solved(run, started)
    except Refused as error:
        run.refusal = {"kind": error.kind, "pairs": list(error.pairs), "codes": list(error.codes)}
        finish(run, RunState.REFUSED, perf_counter() - started)
    except Exception:
        finish(run, RunState.FAILED, perf_counter() - started)
        raise


def solved(run: MatchRun, started: float) -> None:
    """Everything between the inputs and the proposals."""
    request = request_of(run.inputs)
    result = match(request)
    step(run, Step.WEIGHING)
    report = report_of(result) | {"costs": costs(run.inputs, result), "free": free_choice(request, run, result)}
    step(run, Step.WRITING)
    write(run, result, report, perf_counter() - started)


def free_choice(request: Request, run: MatchRun, result: Result) -> float:
    """Σ score if nobody had pinned or banned anything."""
    if not request.pins and not request.bans:
        return result.sum_score
    return match(request_of(run.inputs, pins=[], bans=[])).sum_score


def step(run: MatchRun, reached: str) -> None:
    """Say how far we are, for whoever watches."""
    MatchRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(step=reached)


@transaction.atomic
def write(run: MatchRun, result: Result, report: dict, seconds: float) -> None:
    """The choice with its proof; from now on nothing of it changes."""
    Proposal.objects.bulk_create(proposals_of(run, result), batch_size=500)
    run.report, run.sum_score = report, result.sum_score
    run.solver = result.answer.solver
    run.objective_units, run.bound_units = result.answer.objective, result.answer.bound
    run.units_per_score = result.answer.question.aims.scale
    run.products_covered, run.partners_covered = result.covered
    fair = locked(run.fair)
    if fair.state == FairState.REGISTRATION:
        fair.move("match")
        fair.save(update_fields=["state"])
    finish(run, RunState.DONE, seconds)


@transaction.atomic
def finish(run: MatchRun, state: str, seconds: float) -> None:
    """The last thing written about a run."""
    run.state, run.seconds, run.finished_at, run.step = state, round(seconds, 3), timezone.now(), Step.WAITING
    run.save()
    audit.record(f"match_run.{state}", of=run, by=run.by)


@transaction.atomic
def approve_plan(*, run: MatchRun, by, at) -> Fair:
    """Staff take responsibility for a run: meetings are made from it. Raises Refusal."""
    fair = open_for_changes(run.fair)
    if not run.is_done:
        raise Refusal(_("Only a finished run can be approved."))
    if fair.plan_id != run.pk:
        fair.plan, fair.plan_by, fair.plan_at = run, by, at
        if fair.state != FairState.MATCHED:
            fair.move("match")
        fair.save(update_fields=["plan", "plan_by", "plan_at", "state"])
        audit.record("fair.plan_approved", of=fair, by=by, run=run.pk)
    return fair
