"""A case in sentences: what happened, whose turn it is, and how long she has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import Case, CaseEntry
from .states import Side

DID = {
    "open": gettext_lazy("asked"),
    "agree_refund": gettext_lazy("agreed to the refund"),
    "agree_return": gettext_lazy("agreed: refund once the goods are back"),
    "agree_resend": gettext_lazy("agreed to send it again"),
    "offer": gettext_lazy("made an offer"),
    "refuse": gettext_lazy("refused"),
    "take_back": gettext_lazy("has the goods back and refunds"),
    "refuse_return": gettext_lazy("refused what came back"),
    "resend": gettext_lazy("sent it again"),
    "accept": gettext_lazy("accepted the offer"),
    "send_back": gettext_lazy("sent the goods back"),
    "confirm_resend": gettext_lazy("has what was sent again"),
    "withdraw": gettext_lazy("withdrew the request"),
    "escalate": gettext_lazy("asked staff to decide"),
    "decide_refund": gettext_lazy("decided: refund"),
    "decide_return": gettext_lazy("decided: refund once the goods are back"),
    "decide_rejection": gettext_lazy("rejected the request"),
    "go_to_staff": gettext_lazy("ran out: platform staff decide"),
    "lapse": gettext_lazy("ran out: the request is closed"),
    "settle": gettext_lazy("ran out: it counts as arrived"),
}
AFTER_THAT = {
    "go_to_staff": gettext_lazy("After that platform staff decide."),
    "accept": gettext_lazy("After that the offer counts as accepted and is paid."),
    "lapse": gettext_lazy("After that the request is closed."),
    "settle": gettext_lazy("After that it counts as arrived."),
}


@dataclass(frozen=True)
class Told:
    """One entry as its readers see it; ``is_mine`` if their own side wrote it."""

    entry: CaseEntry
    is_mine: bool

    @property
    def did(self) -> str:
        """What was done; empty where somebody only spoke."""
        return str(DID.get(self.entry.move, ""))


def told(case: Case, side: Side) -> list[Told]:
    """Everything, oldest first."""
    return [Told(entry, entry.side == side) for entry in case.entries.all()]


def clock(case: Case, side: Side) -> str:
    """Whose turn it is until when, and what time does after that; empty for a closed case."""
    if case.turn is None or case.due_at is None:
        return ""
    until = {"moment": date_format(localtime(case.due_at), "DATETIME_FORMAT")}
    words = _("It is your turn, until %(moment)s.") if case.turn.side == side else str(WAITS[case.turn.side])
    return " ".join(filter(None, [words % until, str(AFTER_THAT.get(case.turn.then or "", ""))]))


WAITS = {
    Side.BUYER: gettext_lazy("The buyer has until %(moment)s."),
    Side.SELLER: gettext_lazy("The shop has until %(moment)s."),
    Side.STAFF: gettext_lazy("Platform staff decide by %(moment)s."),
}


def left(due: datetime | None, now: datetime) -> str:
    """How long there is, in a word or two: 还有 2 天; empty for nothing due."""
    if due is None:
        return ""
    rest = due - now
    if rest <= timedelta():
        return _("Overdue")
    hours = int(rest.total_seconds() // 3600)
    if hours >= 48:
        return ngettext("%(n)s day left", "%(n)s days left", hours // 24) % {"n": hours // 24}
    return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours} if hours else _("Less than an hour")
