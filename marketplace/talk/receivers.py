"""Each side hears when the other has written."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.events import receives
from marketplace.core.models import NoticeKind
from marketplace.seller.capabilities import Can
from marketplace.seller.models import Membership

from .models import Message, Question, Side


def tell_shop(seller, **message) -> None:
    """A notice to everybody in the team who may answer buyers."""
    for member in Membership.objects.filter(seller=seller).select_related("user__notice_preference"):
        if member.may(Can.TALK):
            notices.tell(user=member.user, kind=NoticeKind.TALK, **message)


@receives("message_sent")
def message_was_sent(message: int) -> None:
    said = Message.objects.select_related("thread__seller", "thread__buyer", "thread__order", "thread__product").get(
        pk=message
    )
    with translation.override(settings.LANGUAGE_CODE):
        if said.side == Side.BUYER:
            tell_seller(said)
        else:
            tell_buyer(said)


def tell_seller(said: Message) -> None:
    thread = said.thread
    body = notices.saying(_("A buyer wrote about %(about)s."), about=lambda: thread.about)
    link = reverse("seller:thread", args=[thread.pk])
    tell_shop(thread.seller, cause=f"message:{said.pk}", subject=_("A message from a buyer"), body=body, link=link)


def tell_buyer(said: Message) -> None:
    thread = said.thread
    words = _("%(seller)s wrote about %(about)s.")
    body = notices.saying(words, seller=lambda: thread.seller.display_name, about=lambda: thread.about)
    link = thread.get_absolute_url()
    subject = _("A message from a shop")
    cause = f"message:{said.pk}"
    notices.tell(user=thread.buyer, cause=cause, subject=subject, body=body, link=link, kind=NoticeKind.TALK)


@receives("question_asked")
def question_was_asked(question: int) -> None:
    asked = Question.objects.select_related("seller", "product").get(pk=question)
    with translation.override(settings.LANGUAGE_CODE):
        tell_shop(
            asked.seller,
            cause=f"question:{question}",
            subject=_("A question about your goods"),
            body=notices.saying(_("Somebody asks about %(about)s."), about=lambda: asked.product.display_title),
            link=reverse("seller:questions"),
        )


@receives("question_answered")
def question_was_answered(question: int) -> None:
    answered = Question.objects.select_related("asker", "product").get(pk=question)
    with translation.override(settings.LANGUAGE_CODE):
        notices.tell(
            user=answered.asker,
            cause=f"question-answered:{question}",
            subject=_("Your question is answered"),
            body=notices.saying(
                _("The shop answered your question about %(about)s."), about=lambda: answered.product.display_title
            ),
            link=answered.product.get_absolute_url(),
            kind=NoticeKind.TALK,
        )
