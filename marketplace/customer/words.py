"""What a person wrote on the site, for the copy of her data: reviews, questions, messages to shops."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.reviews.models import Review
from marketplace.talk.models import Message, Question

from .export import Part


def reviews(user) -> Part:
    columns = {
        "product": _("Product"),
        "product_score": _("Stars for the goods"),
        "seller_score": _("Stars for the shop and its delivery"),
        "text": _("Text"),
        "follow_up": _("Follow-up"),
        "written_at": pgettext("moment", "Time"),
    }
    hers = Review.objects.visible_to(user).select_related("line").order_by("pk")
    rows = [
        (each.line.title, each.product_score, each.seller_score, each.text, each.follow_up, each.written_at)
        for each in hers
    ]
    return Part("reviews", _("Reviews"), columns, rows)


def questions(user) -> Part:
    columns = {
        "product": _("Product"),
        "text": _("Your question"),
        "answer": _("Answer"),
        "asked_at": pgettext("moment", "Time"),
    }
    hers = Question.objects.filter(asker=user).select_related("product").order_by("pk")
    rows = [(each.product.title, each.text, each.answer, each.asked_at) for each in hers]
    return Part("questions", _("Questions about goods"), columns, rows)


def messages(user) -> Part:
    columns = {"shop": _("Shop"), "by": _("From"), "text": _("Text"), "at": pgettext("moment", "Time")}
    said = Message.objects.filter(thread__buyer=user).select_related("thread__seller").order_by("pk")
    rows = [(each.thread.seller.name, str(each.get_side_display()), each.text, each.at) for each in said]
    return Part("messages", _("Messages with shops"), columns, rows)
