"""The one inbox of a seller: messages, and questions about her goods."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.talk import actions, pages
from marketplace.talk.forms import AnswerForm, MessageForm
from marketplace.talk.models import Question, Side, Thread

from ..access import seller_page
from ..capabilities import Can

PER_PAGE = 20
THREADS = {"": gettext_lazy("Waiting for you"), "all": gettext_lazy("All messages")}


def tabs(request, current: str) -> list[dict]:
    """Messages, questions and reviews side by side; one query for each number."""
    threads = Thread.objects.of_seller(request.seller).waiting_for(Side.SELLER).count()
    questions = Question.objects.of_seller(request.seller).waiting().count()
    address = reverse("seller:threads")
    return [
        {"text": THREADS[""], "href": address, "current": current == "", "count": threads},
        {"text": THREADS["all"], "href": f"{address}?state=all", "current": current == "all", "count": None},
        {
            "text": _("Product questions"),
            "href": reverse("seller:questions"),
            "current": current == "questions",
            "count": questions,
        },
        {"text": _("Reviews"), "href": reverse("seller:reviews"), "current": current == "reviews", "count": None},
    ]


@require_safe
@seller_page(Can.TALK)
def thread_list(request):
    """What buyers wrote, the latest first."""
    state = request.GET.get("state", "")
    if state not in THREADS:
        raise Http404
    found = Thread.objects.of_seller(request.seller).for_list()
    shown = found if state else found.waiting_for(Side.SELLER)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "tabs": tabs(request, state)}
    return render(request, "marketplace/seller/talk/threads.html", context)


def own(request, pk: int) -> Thread:
    return get_object_or_404(Thread.objects.of_seller(request.seller).for_list(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page(Can.TALK)
def thread(request, pk):
    """What was written, and the form to answer."""
    found = own(request, pk)
    form = MessageForm(request.POST, request.FILES) if request.method == "POST" else MessageForm()
    if request.method == "POST" and form.is_valid():
        pages.sent(request, found, Side.SELLER, form)
        return redirect("seller:thread", pk=pk)

    def photo(key: int) -> str:
        return reverse("seller:thread-photo", args=[found.pk, key])

    context = {
        "thread": found,
        "said": pages.messages_of(found, Side.SELLER, photo),
        "form": form,
        "about_url": address_of_subject(found),
    }
    return render(request, "marketplace/seller/talk/thread.html", context)


def address_of_subject(found: Thread) -> str:
    """The order in the seller centre, or the good's page."""
    return reverse("seller:order", args=[found.order.number]) if found.order else found.product.whole.get_absolute_url()


@require_safe
@seller_page(Can.TALK)
def photo(request, pk, key):
    """A picture in a thread."""
    return pages.photo_of(own(request, pk), key)


@require_safe
@seller_page(Can.TALK)
def question_list(request):
    """Questions about her goods, those without an answer first."""
    found = Question.objects.of_seller(request.seller).filter(hidden_at__isnull=True)
    found = found.select_related("product__parent").order_by("answered_at", "asked_at", "id")
    waiting = found.waiting()
    answered = found.exclude(answer="").order_by("-answered_at", "-id")
    page = Paginator(answered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": waiting[:PER_PAGE], "page": page, "tabs": tabs(request, "questions")}
    return render(request, "marketplace/seller/talk/questions.html", context)


@require_POST
@seller_page(Can.TALK)
def answer(request, pk):
    """Answer a question, for everybody to read."""
    asked = get_object_or_404(Question.objects.of_seller(request.seller).filter(hidden_at__isnull=True), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write something, within 500 characters."))
        return redirect("seller:questions")
    try:
        actions.answer(question=asked, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your answer stands on the page of the goods."))
    except actions.TalkRefused as refusal:
        messages.info(request, refusal.for_people)
    return redirect("seller:questions")
