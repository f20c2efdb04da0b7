"""A team's way through a park."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts import limits
from marketplace.core import audit, notices
from marketplace.core.models import NoticeKind
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

from ..models import FounderLine, Park, ServiceLine, Tenancy, TenancyStep
from ..states import NEEDS_REASON, TENANCY_MOVES, TenancyState

FROM_ONE_PERSON = limits.Limit("desk-person", 10, timedelta(days=1))


def locked(tenancy: Tenancy) -> Tenancy:
    """The team as it stands, and nobody else moves it meanwhile."""
    return Tenancy.objects.select_for_update(of=("self",)).select_related("park", "partner", "user").get(pk=tenancy.pk)


def note(tenancy: Tenancy, move: str, *, by, at, subject: str = "", words: str = "") -> None:
    """A row of the team's timeline and one of the audit trail."""
    TenancyStep.objects.create(tenancy=tenancy, move=move, subject=subject[:40], note=words[:200], by=by, at=at)
    audit.record(f"tenancy.{move}", of=tenancy, by=by, subject=subject)


@transaction.atomic
def apply(*, park: Park, by, at, **values: Any) -> Tenancy:
    """A team applies to a park, with its five service lines not yet asked for. One that is there already is not doubled."""
    try:
        with transaction.atomic():
            made = Tenancy.objects.create(park=park, **values)
    except IntegrityError:
        raise Refusal(name_taken()) from None
    FounderLine.objects.bulk_create([FounderLine(tenancy=made, line=line) for line in ServiceLine])
    note(made, "apply", by=by, at=at)
    return made


@transaction.atomic
def ask_to_join(*, park: Park, user, at, on: date, **values: Any) -> Tenancy:
    """Somebody who signed in asks for a desk; pressing twice is one application. Raises Refusal, and limits.TooMany."""
    known = Tenancy.objects.filter(park=park, team=values["team"], user=user, left_on=None).first()
    if known is not None:
        return known
    limits.take((FROM_ONE_PERSON, f"user:{user.pk}"), at=at)
    if not Park.objects.open_on(on).filter(pk=park.pk).exists():
        raise Refusal(_("This park takes no applications now."))
    return apply(park=park, by=user, at=at, user=user, applied_on=on, **values)


def tell(tenancy: Tenancy, move: str, *, words: str, at) -> None:
    """A notice to whoever applied by the public form."""
    if tenancy.user is not None:
        notices.tell(
            user=tenancy.user,
            cause=f"tenancy:{tenancy.pk}:{move}:{at:%s}",
            subject=notices.saying(
                gettext_lazy("Your application at %(park)s: %(state)s"),
                park=lambda: tenancy.park.display_name,
                state=tenancy.get_state_display,
            ),
            body=words,
            link=reverse("incubator:parks:mine", args=[tenancy.pk]),
            kind=NoticeKind.TALK,
        )


def name_taken() -> str:
    return _("A team of this name has applied or lives here already.")


@transaction.atomic
def change_team(*, tenancy: Tenancy, by, at, **values: Any) -> Tenancy:
    """Say anew who the team is. Raises Refusal for the name of another one in the park."""
    tenancy = locked(tenancy)
    for name, value in values.items():
        setattr(tenancy, name, value)
    try:
        with transaction.atomic():
            tenancy.save()
    except IntegrityError:
        raise Refusal(name_taken()) from None
    note(tenancy, "changed", by=by, at=at)
    return tenancy


@transaction.atomic
def move(*, tenancy: Tenancy, move: str, by, at, on: date, words: str = "") -> Tenancy:
    """One step on; a team that leaves gives its desks back that day. Raises Refusal."""
    tenancy = locked(tenancy)
    try:
        tenancy.state = TENANCY_MOVES.target(move, tenancy.state)
    except (IllegalMove, KeyError):
        raise Refusal(_("The application has moved on meanwhile. Please look at it again.")) from None
    if move in NEEDS_REASON and not words.strip():
        raise Refusal(_("Say why, in a few words."))
    refuse_wrong_day(tenancy, on)
    if tenancy.state == TenancyState.RESIDENT:
        tenancy.moved_in_on = on
    elif tenancy.state not in {TenancyState.REVIEWED, TenancyState.APPROVED}:
        tenancy.left_on = on
        give_desks_back(tenancy, on)
    tenancy.save()
    note(tenancy, move, by=by, at=at, words=words)
    if by != tenancy.user:
        tell(tenancy, move, words=words if move in NEEDS_REASON else "", at=at)
    return tenancy


def refuse_wrong_day(tenancy: Tenancy, on: date) -> None:
    """Nobody moves in before applying, or out before moving in."""
    if on < (tenancy.moved_in_on or tenancy.applied_on):
        raise Refusal(_("This day lies before the step that went before."))


def give_desks_back(tenancy: Tenancy, on: date) -> None:
    """Bookings that have begun end that day; those that have not are gone."""
    tenancy.bookings.filter(since__gt=on).delete()
    tenancy.bookings.filter(until=None).update(until=on)
    tenancy.bookings.filter(until__gt=on).update(until=on)
