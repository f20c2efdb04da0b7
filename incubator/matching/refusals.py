"""What cannot be matched, in words: requests that contradict themselves, and members who stay without a pair."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .engine import relax
from .engine.match import Picture, Refused
from .sentences import CODE_NAMES, listed


def in_words(error: Refused) -> str:
    """Why a run was refused."""
    who = {"pair": " × ".join(error.pairs[0]) if error.kind != "overbooked" else error.pairs[0]}
    if error.kind == "impossible":
        rules = {"rules": listed(CODE_NAMES[code] for code in error.codes)}
        return _("%(pair)s cannot be pinned without a reason: %(rules)s.") % (who | rules)
    said = {
        "unknown": _("%(pair)s: no such product or partner at this fair."),
        "contradiction": _("%(pair)s is pinned and banned at once."),
        "overbooked": _("%(pair)s has fewer slots than pins."),
    }
    return said[error.kind] % who


def shortfall_in_words(result: Picture, missing: relax.Shortfall) -> str:
    """Who stays without a pair, why, and what would help."""
    members = getattr(result.request, missing.side)
    return f"{members[missing.row].id} {members[missing.row].name}: {cause(result, missing)}"


def cause(result: Picture, missing: relax.Shortfall) -> str:
    """Why somebody has no pair, and what would help."""
    if missing.cause == relax.NO_SLOTS:
        return _("has no slots.")
    if missing.cause == relax.CROWDED:
        others = result.request.partners if missing.side == "products" else result.request.products
        names = listed(others[row].name for row in missing.bottleneck)
        return _(
            "every possible counterpart is taken by members without another choice. One more slot would help: %(names)s."
        ) % {"names": names}
    if missing.rules:
        ways = [
            ngettext("%(rule)s (opens %(n)s pair)", "%(rule)s (opens %(n)s pairs)", n)
            % {"rule": CODE_NAMES[code], "n": n}
            for code, n in missing.rules
        ]
        return _("no pair is possible. It would be without: %(rules)s.") % {"rules": listed(ways)}
    together = listed(CODE_NAMES[code] for code in missing.together)
    return _("no pair is possible, and no single rule is to blame. At least these together: %(rules)s.") % {
        "rules": together
    }
