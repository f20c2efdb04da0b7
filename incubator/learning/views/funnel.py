"""How far people came after their training."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incubator.learning import funnel as steps
from incubator.learning import progress
from incubator.learning.models import Cohort, Enrolment
from incubator.learning.teaching import teachers_only
from marketplace.core import areas
from marketplace.core.text import is_english

CLASSES_SHOWN = 50


@teachers_only
@require_safe
def funnel(request):
    """The funnel of one's places by programme, cohort or county, and the classes it is made of, each with where it is stuck."""
    by = request.GET.get("by") if request.GET.get("by") in steps.GROUPS else "programme"
    rows = steps.funnel(Enrolment.objects.visible_to(request.user), by)
    mine = Cohort.objects.visible_to(request.user).with_enrolled().select_related("course", "programme")
    classes = list(mine[:CLASSES_SHOWN])
    hurdles = progress.hurdles(classes)
    return render(
        request,
        "incubator/learning/funnel.html",
        {
            "by": by,
            "steps": steps.STEPS.values(),
            "rows": [
                (named(row.group, by), row.enrolled, tuple(zip(steps.STEPS.values(), row.reached, strict=True)))
                for row in rows
            ],
            "classes": [(cohort, hurdles.get(cohort.pk)) for cohort in classes],
        },
    )


def named(group: tuple, by: str) -> str:
    """What a group is called in the reader's language."""
    if by == "county":
        return county_name(group[0])
    _key, name, name_en, *number = group
    title = (name_en if is_english() else "") or name or _("Without a programme")
    return _("%(course)s, cohort %(n)s") % {"course": title, "n": number[0]} if number else title


def county_name(code: str) -> str:
    try:
        area = areas.get(code)
    except areas.UnknownArea:
        return _("Unknown")
    return area.display_name
