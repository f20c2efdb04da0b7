"""Her complaints, for the copy of a person's data."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.customer.export import Part

from .models import Complaint


def complaints(user) -> Part:
    columns = {
        "number": _("Complaint number"),
        "kind": _("What is it about?"),
        "about": _("Concerns"),
        "text": _("What happened?"),
        "state": _("Status"),
        "answer": pgettext("complaint", "Answer"),
        "made_at": _("Time"),
    }
    hers = Complaint.objects.visible_to(user).order_by("pk")
    rows = [(c.number, c.get_kind_display(), c.about, c.text, c.get_state_display(), c.answer, c.made_at) for c in hers]
    return Part("complaints", _("Complaints"), columns, rows)
