"""Staff read what both sides wrote and decide with reasons."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.aftersales import pages, story
from marketplace.aftersales.deeds import STAFF
from marketplace.aftersales.models import Case
from marketplace.aftersales.pages import Look, Ways
from marketplace.aftersales.states import Side


class CaseList(ListView):
    """Cases that wait for staff, the most pressing first; with ``all=1`` every case."""

    template_name = "oscar/dashboard/cases/list.html"
    context_object_name = "cases"
    paginate_by = 30

    def get_queryset(self):
        found = Case.objects.select_related("order__seller")
        if "all" in self.request.GET:
            return found.order_by("-id")
        return found.waiting_for(Side.STAFF).order_by("due_at", "id")

    def get_context_data(self, **kwargs):
        context, now = super().get_context_data(**kwargs), timezone.now()
        context["rows"] = [{"case": case, "left": story.left(case.due_at, now)} for case in context["cases"]]
        return context | {"is_all": "all" in self.request.GET}


def ways_to(case: Case) -> Ways:
    return Ways(
        page=reverse("dashboard:case", args=[case.number]),
        order=reverse("dashboard:order-detail", args=[case.order.number]),
        deed=lambda name: reverse("dashboard:case-deed", args=[case.number, name]),
        photo=lambda pk: reverse("dashboard:case-photo", args=[case.number, pk]),
    )


def load(number: str) -> Case:
    return get_object_or_404(Case.objects.for_page(), number=number)


def page_of(request, case: Case, bound=None):
    context = pages.context_of(case, Look(Side.STAFF, ways_to(case), STAFF), bound)
    return render(request, "oscar/dashboard/cases/case.html", context)


@require_safe
def case(request, number):
    """One case with all that was said."""
    return page_of(request, load(number))


@require_POST
def deed(request, number, name):
    """Decide, or ask a question."""
    found = load(number)
    answer = pages.do(request, found, name, Look(Side.STAFF, ways_to(found), STAFF), by=request.user)
    return answer if hasattr(answer, "status_code") else page_of(request, found, {name: answer})


@require_safe
def photo(request, number, pk):
    """A photo somebody showed."""
    return pages.photo_of(load(number), pk)
