"""Who comes to an event: says so, is put on the list by staff, and is seen there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit, consent
from marketplace.core.refusal import Refusal

from . import seating, teaching
from .actions import learner_of
from .attending import NotHere
from .models import Gathering, Learner, Registration

PURPOSE, VERSION = "events", "2026-11"
State = Registration.State


class Closed(Refusal):
    """Nobody can register any longer; ``for_people`` says so."""


@transaction.atomic
def plan(*, gathering: Gathering, by) -> Gathering:
    """A new event, or an old one at another time or with other seats: whoever waits moves up into new ones."""
    known = gathering.pk is not None
    if known:
        seating.locked(gathering)
    gathering.save()
    audit.record("learning.event_changed" if known else "learning.event_planned", of=gathering, by=by)
    if known:
        seating.move_up(gathering, by=by)
    return gathering


@transaction.atomic
def register(*, gathering: Gathering, name: str, by, at: datetime) -> Registration:
    """She comes, and agrees that the organisers see her name and number. Raises Closed."""
    if not gathering.takes_people:
        raise Closed(_("Registration is closed."))
    learner = learner_of(by)
    if name and not learner.is_named:
        learner.name = name
        learner.save(update_fields=["name", "mobile_key"])
    consent.give(purpose=PURPOSE, version=VERSION, user=by, at=at)
    registration = seating.take_seat(in_=gathering, learner=learner, by=by, at=at)
    registration.agreed_at = at
    registration.save(update_fields=["agreed_at"])
    return registration


@transaction.atomic
def put_down(*, gathering: Gathering, name: str, mobile: str, by, at: datetime) -> Registration:
    """Staff put somebody on the list who asked them to; known by her number (E.164) she is the same person."""
    learner = Learner.objects.with_mobile(mobile).first() if mobile else None
    if learner is None:
        learner = Learner.objects.create(name=name, mobile=mobile, area=gathering.area)
    return seating.take_seat(in_=gathering, learner=learner, by=by, at=at)


@transaction.atomic
def let_in(*, registration: Registration, by, at: datetime) -> Registration:
    """Somebody who waited stands at the entrance once it has begun: she gets a seat of those who have not come, and is noted
    as present. Twice is once. Raises NotHere before it begins, and when all seats are sat on."""
    gathering = seating.locked(registration.gathering)
    registration = gathering.enrolments.select_related("learner").get(pk=registration.pk)
    if registration.came_at:
        return registration
    if not gathering.has_begun:
        raise NotHere(_("It has not begun yet. Until then free seats go to those who wait, in their order."))
    if gathering.seats is not None and gathering.enrolments.exclude(came_at=None).count() >= gathering.seats:
        raise NotHere(_("There is no free seat: as many people have come as there are seats."))
    registration.state, registration.came_at = State.ENROLLED, at
    registration.save(update_fields=["state", "came_at"])
    audit.record("learning.let_in", of=registration, by=by)
    return registration


@transaction.atomic
def come(*, gathering: Gathering, by, at: datetime) -> Registration:
    """She says with the event's code that she is there; twice is once. Raises NotHere for somebody who has no seat."""
    registration = gathering.enrolments.of(by).seated().select_for_update(of=("self",)).first()
    if registration is None:
        raise NotHere(_("You have no seat at this event. Please ask at the entrance."))
    if registration.came_at is None:
        registration.came_at = at
        registration.save(update_fields=["came_at"])
        audit.record("learning.came", of=registration, by=by)
    return registration


@transaction.atomic
def mark_who_came(*, gathering: Gathering, came: Collection[int], shown: Collection[int], by, at: datetime) -> int:
    """Of the list, these came; returns how many did. Whoever was not ``shown`` as present, and scanned the code since,
    stays present."""
    seats = seating.locked(gathering).enrolments.seated()
    seats.filter(pk__in=shown).exclude(pk__in=came).update(came_at=None)
    seats.filter(pk__in=came, came_at=None).update(came_at=at)
    there = seats.exclude(came_at=None).count()
    audit.record("learning.event_attendance", of=gathering, by=by, present=there)
    return there


@transaction.atomic
def forget_agreement(*, user_id: int, at: datetime) -> None:
    """She no longer agrees that organisers see her name: she leaves what has not begun. Twice does no harm, and news that
    comes after she agreed again changes nothing."""
    if not consent.holds(purpose=PURPOSE, user=user_id):
        leave_all(user_id=user_id, at=at)


@transaction.atomic
def leave_all(*, user_id: int, at: datetime) -> None:
    """Her seats at everything that has not begun go to those who wait. Twice does no harm."""
    coming = Registration.objects.filter(learner__user=user_id, gathering__starts_at__gt=at).exclude(state=State.LEFT)
    # Events are locked one after the other: in one order, so that two who leave do not wait for each other.
    for registration in coming.select_related("gathering").order_by("gathering_id"):
        seating.leave_seat(seat=registration, by=None)


@dataclass(frozen=True)
class Line:
    """One line of the list, with as much of her as its reader may know."""

    seat: Registration
    name: str
    mobile: str


def lines(seats: Collection[Registration], *, reader) -> list[Line]:
    """The list as ``reader`` may read it. Whoever put her name down herself stands there with name and number, and no
    longer once she took it back; whom staff put down, only where she lives in the reader's places: to type the number of
    somebody from elsewhere does not tell her name, even if she agreed at another event."""
    users = {seat.learner.user_id for seat in seats if seat.learner.user_id}
    agreed = consent.standing(purpose=PURPOSE, users=users)
    places = teaching.places(reader)
    return [line(seat, may_read(seat, agreed, places)) for seat in seats]


def may_read(seat: Registration, agreed: dict[int, bool], places: tuple[str, ...]) -> bool:
    user = seat.learner.user_id
    stands = agreed.get(user) if user else None
    if stands is False:
        return False
    return bool(stands and seat.agreed_at) or seat.learner.area.startswith(places)


def line(seat: Registration, is_open: bool) -> Line:
    learner = seat.learner
    return Line(seat, learner.name, learner.mobile) if is_open else Line(seat, learner.masked_name, "")
