"""What happened to a team, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from .models import RequestKind, ServiceLine, Tenancy
from .states import REQUEST_MOVE_NAMES, TENANCY_MOVE_NAMES

NAMES = (
    TENANCY_MOVE_NAMES
    | {f"request_{name}": text for name, text in REQUEST_MOVE_NAMES.items()}
    | {
        "apply": _("Applied"),
        "changed": _("Details changed"),
        "desk_booked": _("Desk given out"),
        "desk_freed": _("Desk given back"),
        "asked": _("Asked for a service"),
        "registered": _("Registered for a matching fair"),
        "line_ask": _("Asked for advice"),
        "line_answer": _("Advice given"),
        "line_take_back": _("Question taken back"),
        "referral_send": _("Sent to a lender"),
        "referral_grant": _("Capital granted"),
        "referral_decline": _("Capital declined"),
    }
)


def steps_of(tenancy: Tenancy) -> list[dict]:
    """For the timeline, newest first."""
    found: list[dict] = []
    for step in tenancy.steps.select_related("by").order_by("-id"):
        said = (str(NAMES[step.move]), subject(step.subject), step.note, str(step.by or ""))
        found.append({"text": " · ".join(filter(None, said)), "at": step.at, "state": "done" if found else "here"})
    return found


def subject(word: str) -> str:
    """What a step was about: a kind of service, a line, a desk; a fair is named by its page, not here."""
    for choices in (RequestKind, ServiceLine):
        if word in choices.values:
            return str(choices(word).label)
    return "" if word.startswith("fair:") else word
