"""Public questions about a good."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.catalogue.models import Product
from marketplace.core.statements import Statement

from . import actions
from .forms import QuestionForm
from .models import Question

PER_PAGE, ON_PRODUCT = 10, 2


LATEST = Statement(lambda product: Question.objects.shown().filter(product=product)[:ON_PRODUCT], int)


def latest(product: Product) -> list[Question]:
    """The newest answered questions a product's page has room for; one query."""
    return LATEST.rows(product.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request, pk):
    """All questions about a good with their answers, and the form to ask one."""
    product = get_object_or_404(Product.objects.public().exclude(structure="child"), pk=pk)
    if request.method == "POST":
        return asked(request, product)
    return show(request, product, QuestionForm())


@login_required
def asked(request, product: Product):
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show(request, product, form)
    try:
        actions.ask(product=product, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.TalkRefused as refusal:
        form.add_error(None, refusal.for_people)
        return show(request, product, form)
    messages.success(request, _("Your question is with the shop. It appears here with the answer."))
    return redirect("catalogue:questions", pk=product.pk)


def show(request, product: Product, form: QuestionForm):
    shown = Question.objects.shown().filter(product=product)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "marketplace/talk/questions.html", {"product": product, "form": form, "page": page})
