"""Certificates: anybody may check one, its holder may print it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from incubator.learning.codes import read_code
from incubator.learning.models import Certificate, Enrolment
from incubator.learning.papers import certificate_document
from marketplace.accounts import staff

OF_ALL = Certificate.objects.select_related("enrolment__learner", "enrolment__cohort__course")


@require_safe
def check(request):
    """A field for the number on the paper."""
    typed = request.GET.get("code", "")
    code = read_code(typed)
    if code:
        return redirect("learning:certificate", code)
    return render(request, "incubator/learning/check.html", {"typed": typed})


@require_safe
def certificate(request, code):
    """Valid, revoked, or no such certificate: never more than the course, the day and a masked name."""
    found = OF_ALL.filter(code=read_code(code) or "-").first()
    status = 200 if found else 404
    return render(request, "incubator/learning/certificate.html", {"certificate": found, "code": code}, status=status)


@require_safe
def certificate_paper(request, code):
    """The paper itself, for its holder and for those who teach her."""
    user = request.user
    if not user.is_authenticated:
        raise Http404
    valid = OF_ALL.filter(code=read_code(code) or "-", revoked_at=None)
    shown = valid.filter(enrolment__in=Enrolment.objects.of(user).values("pk")).first()
    if shown is None:
        taught = Enrolment.objects.visible_to(user)
        shown = get_object_or_404(valid, enrolment__in=taught.values("pk"))
        if door := staff.door_before(request):
            return door
    return certificate_document(shown).response(f"certificate-{shown.code}.pdf")
