"""Seats and waiting lists, the same for classes and events: ``in_`` is a Cohort or a Gathering."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, notices, stamps

from .models import Learner
from .models.seats import Seat

State = Seat.State


def has_room(in_) -> bool:
    return in_.seats is None or in_.enrolments.seated().count() < in_.seats


def locked(in_):
    """The same row, which nobody else gives seats of until the transaction ends."""
    return type(in_).objects.select_for_update().get(pk=in_.pk)


@transaction.atomic
def take_seat(*, in_, learner: Learner, by, at: datetime):
    """Give her a seat, or a place on the waiting list where none is left; a second time changes nothing."""
    in_ = locked(in_)
    seat = in_.enrolments.filter(learner=learner).first()
    if seat and seat.state != State.LEFT:
        return seat
    return seat_down(
        in_, seat or in_.enrolments.model(learner=learner, **{in_.enrolments.field.name: in_}), by=by, at=at
    )


def seat_down(in_, seat, *, by, at: datetime):
    """The seat of somebody who has none yet, or the next place on the waiting list; call it with ``in_`` locked."""
    seat.state, seat.enrolled_at = State.ENROLLED if has_room(in_) else State.WAITING, at
    seat.save()
    audit.record("learning.enrolled", of=seat, by=by, state=seat.state)
    stamps.touch(stamps.CLASSES)
    return seat


@transaction.atomic
def leave_seat(*, seat, by):
    """Her seat goes to whoever has waited longest, who is told."""
    in_ = locked(seat.what)
    seat.state = State.LEFT
    seat.save(update_fields=["state"])
    audit.record("learning.left", of=seat, by=by)
    stamps.touch(stamps.CLASSES)
    move_up(in_, by=by)
    return seat


def move_up(in_, *, by) -> None:
    """Free seats go to those who wait, in their order, while it is of use to them; call it with ``in_`` locked."""
    if not in_.moves_up:
        return
    waiting = in_.enrolments.filter(state=State.WAITING).select_related("learner__user")
    for following in waiting.order_by("enrolled_at", "id"):
        if not has_room(in_):
            return
        following.state = State.ENROLLED
        following.save(update_fields=["state"])
        audit.record("learning.enrolled", of=following, by=by, state=following.state)
        tell_of_seat(following)


def tell_of_seat(seat) -> None:
    """She waited and now has a seat; somebody who is only a name on a list cannot be told. The language of whoever gave
    the seat up is not hers."""
    if seat.learner.user is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        notices.tell(
            user=seat.learner.user,
            cause=f"{seat._meta.model_name}:{seat.pk}:seated:{seat.enrolled_at.timestamp():.0f}",
            subject=notices.saying(_("You have a seat: %(what)s"), what=seat.what),
            body=_("A seat has become free and is yours. If you cannot come, please give it back."),
            link=seat.what.page_address,
            kind=notices.NoticeKind.TALK,
        )
