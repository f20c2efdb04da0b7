"""What the worker does for fairs."""

from marketplace.core.tasks import task

from . import actions


@task()
def match_run(run_id: int) -> None:
    """Carry one match run out."""
    actions.carry_out(run_id=run_id)
