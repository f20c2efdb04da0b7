"""The reconciler: asks Stripe about everything of which more may come, so that news that never arrives costs a minute and no money."""

from datetime import timedelta

from django.db.models import F, Q

from marketplace.core.tasks import each_apart

from . import actions, providers
from .models import TRIED_FOR, AttemptState, Refund, RefundState, Said, StripeSession

AT_ONCE = 200
NOT_SOONER = timedelta(seconds=45)


def look(*, session: StripeSession, at) -> StripeSession:
    """Ask about one page and write down what it says; a page nobody should pay any more is closed.

    Raises Unavailable where Stripe gives no answer.
    """
    attempt = actions.ask(attempt=session.attempt, at=at)
    session = StripeSession.objects.get(pk=session.pk)
    if is_settled(session, attempt):
        session.settled_at = at
        session.save(update_fields=["settled_at"])
    elif session.said == Said.OPEN and attempt.state != AttemptState.OPEN:
        providers.get(attempt.provider).cancel(attempt)
    return session


def is_settled(session: StripeSession, attempt) -> bool:
    """True if what Stripe said last is its last word, and we have written it down."""
    if session.said == Said.PAID:
        return attempt.state in {AttemptState.SUCCEEDED, AttemptState.SURPLUS}
    return session.said == Said.OVER or (not session.number and attempt.state != AttemptState.OPEN)


def watch(now) -> None:
    """Ask about open pages and refunds, the longest unasked first; safe to run twice.

    One that Stripe does not answer, or does not know any more, keeps no other waiting: while all of Stripe is silent, the
    gateway says so at once.
    """

    def look_now(session: StripeSession) -> None:
        StripeSession.objects.filter(pk=session.pk).update(asked_at=now)  # to the end of the line, whatever is said
        look(session=session, at=now)

    def send_now(refund: Refund) -> None:
        actions.send_refund.call(refund.pk)

    each_apart(look_now, waiting(now), quiet=(providers.Unavailable,))
    each_apart(send_now, owed(now), quiet=(providers.Unavailable,))


def waiting(now) -> list[StripeSession]:
    """Pages of which more may come; one that was never shown matters once its attempt is over."""
    known = ~Q(number="") & (Q(asked_at=None) | Q(asked_at__lte=now - NOT_SOONER))
    never_shown = Q(number="") & ~Q(attempt__state=AttemptState.OPEN)
    found = StripeSession.objects.unsettled().filter(known | never_shown).select_related("attempt")
    return list(found.order_by(F("asked_at").asc(nulls_first=True), "id")[:AT_ONCE])


def owed(now) -> list[Refund]:
    """Refunds through Stripe that are not made yet."""
    recent = Refund.objects.filter(state=RefundState.OWED, attempt__provider="stripe")
    return list(recent.filter(created_at__gte=now - TRIED_FOR).order_by("id")[:AT_ONCE])
