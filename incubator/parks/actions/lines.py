"""The five service lines of a founder."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

from ..models import CommitteeMember, FounderLine
from ..states import LINE_MOVES, LineState
from .tenancies import locked, note


@transaction.atomic
def move_line(
    *, line: FounderLine, move: str, words: str, owner, mentor: CommitteeMember | None, on: date, by, at
) -> FounderLine:
    """The founder asks on this line, is answered, or takes her question back. Answers have words and an owner. Raises Refusal."""
    tenancy = locked(line.tenancy)
    line = FounderLine.objects.select_for_update().get(pk=line.pk)
    try:
        line.state = LINE_MOVES.target(move, line.state)
    except (IllegalMove, KeyError):
        raise Refusal(_("This line has moved on meanwhile. Please look at it again.")) from None
    line.owner, line.mentor = owner or line.owner, mentor or line.mentor
    if line.state == LineState.ASKED:
        ask(line, words, on)
    elif line.state == LineState.ANSWERED:
        answer(line, words, on)
    line.save()
    note(tenancy, f"line_{move}", by=by, at=at, subject=line.line, words=words)
    return line


def ask(line: FounderLine, words: str, on: date) -> None:
    """A new question takes the place of an answered one; the timeline keeps both."""
    if not words.strip():
        raise Refusal(_("Say what the founder asks."))
    line.question, line.answer = words.strip()[:300], ""
    line.asked_on, line.answered_on = on, None


def answer(line: FounderLine, words: str, on: date) -> None:
    if not words.strip():
        raise Refusal(_("Say what the answer was."))
    if line.owner is None and line.mentor is None:
        raise Refusal(_("Say who answered: a member of staff or of the mentor committee."))
    line.answer, line.answered_on = words.strip()[:500], on
