"""Parks, teams and what they ask for."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from incubator.parks import actions
from incubator.parks.models import Park
from tests import incubator

APPLIED, MOVED_IN = date(2026, 1, 5), date(2026, 2, 1)


def park(name="样例孵化园", *, area=incubator.GANNAN, desks=("A1",), **fields):
    """A park with desks."""
    made = Park.objects.create(area=area, name=name, **fields)
    actions.add_desks(park=made, labels=desks, by=None)
    return made


def team(of=None, name="样例团队", by=None, **fields):
    """A team that has applied."""
    usual = {"founder": "样例创业者", "applied_on": APPLIED}
    return actions.apply(park=of or park(), team=name, by=by, at=timezone.now(), **(usual | fields))


def move(team, name, by=None, on=MOVED_IN, words="样例原因"):
    return actions.move(tenancy=team, move=name, by=by, at=timezone.now(), on=on, words=words)


def resident(of=None, name="样例团队", by=None, **fields):
    """A team that lives there."""
    made = team(of, name, by, **fields)
    for step in ("review", "approve", "move_in"):
        made = move(made, step, by)
    return made


def ask(team, kind="network", by=None, on=date(2026, 3, 1), **fields):
    """A team asks for something."""
    fields = {"words": "样例需求", "key": uuid4()} | fields
    return actions.ask_for(tenancy=team, kind=kind, by=by, at=timezone.now(), on=on, **fields)


def book(desk, team, since, until=None):
    return actions.book_desk(desk=desk, tenancy=team, since=since, until=until, by=None, at=timezone.now())


def line(of, name, move, words="样例", owner=None, mentor=None, on=date(2026, 3, 1)):
    """One move on one of the five lines."""
    chosen = of.lines.get(line=name)
    return actions.move_line(
        line=chosen, move=move, words=words, owner=owner, mentor=mentor, on=on, by=None, at=timezone.now()
    )
