"""A buyer's messages with shops."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.pages import own
from marketplace.catalogue.models import Product
from marketplace.order.models import Order
from marketplace.talk import actions, pages
from marketplace.talk.forms import MessageForm
from marketplace.talk.models import Side, Thread

from ..pages import show

PER_PAGE = 20


@require_safe
@own
def thread_list(request):
    """Her messages, the latest first."""
    hers = Thread.objects.visible_to(request.user).for_list()
    return show(request, "threads", here="messages", page=Paginator(hers, PER_PAGE).get_page(request.GET.get("page")))


def own_thread(request, pk: int) -> Thread:
    return get_object_or_404(Thread.objects.visible_to(request.user).for_list(), pk=pk)


def form_of(request) -> MessageForm:
    return MessageForm(request.POST, request.FILES) if request.method == "POST" else MessageForm()


@require_http_methods(["GET", "HEAD", "POST"])
@own
def thread(request, pk):
    """What was written, and the form to write more."""
    found, form = own_thread(request, pk), form_of(request)
    if request.method == "POST" and form.is_valid():
        pages.sent(request, found, Side.BUYER, form)
        return redirect(found)
    return page_of(request, found, form)


def page_of(request, found: Thread, form: MessageForm):
    def photo(key: int) -> str:
        return reverse("customer:thread-photo", args=[found.pk, key])

    context = {
        "said": pages.messages_of(found, Side.BUYER, photo),
        "form": form,
        "shop": found.seller,
        "about": found.about,
        "about_url": (found.order or found.product.whole).get_absolute_url(),
    }
    return show(request, "thread", here="messages", **context)


@require_safe
@own
def photo(request, pk, key):
    """A picture in one of her threads."""
    return pages.photo_of(own_thread(request, pk), key)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def about_product(request, pk):
    """Write to the shop about a good; what was written before is where one is led."""
    product = get_object_or_404(Product.objects.public().exclude(structure="child").select_related("seller"), pk=pk)
    existing = Thread.objects.visible_to(request.user).filter(product=product).first()
    return begun(request, existing, product, lambda at: actions.about_product(product, request.user, at))


@require_http_methods(["GET", "HEAD", "POST"])
@own
def about_order(request, number):
    """Write to the shop about an order."""
    order = get_object_or_404(Order.objects.visible_to(request.user).select_related("seller"), number=number)
    existing = Thread.objects.visible_to(request.user).filter(order=order).first()
    return begun(request, existing, order, lambda at: actions.about_order(order, at))


def begun(request, existing: Thread | None, about, make):
    """The thread there is, or a page to write the first message on."""
    if existing is not None and request.method != "POST":
        return redirect(existing)
    form = form_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            found = existing or make(timezone.now())
            pages.sent(request, found, Side.BUYER, form)
        except actions.TalkRefused as refusal:
            form.add_error(None, refusal.for_people)
        else:
            return redirect(found)
    context = {
        "said": [],
        "form": form,
        "shop": about.seller,
        "about": about.number if isinstance(about, Order) else about.display_title,
        "about_url": about.get_absolute_url(),
    }
    return show(request, "thread", here="messages", **context)
