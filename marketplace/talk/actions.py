"""Asking, answering, writing. What people type is text; numbers of phones in it are masked."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalogue.models import Product
from marketplace.core import audit, events
from marketplace.core.refusal import Refusal
from marketplace.core.text import mask_numbers
from marketplace.order.models import Order
from marketplace.partner.models import Partner

from .models import LONGEST, LONGEST_QUESTION, Message, MessagePhoto, Question, Side, Thread

MOST_PHOTOS = 6
MOST_WAITING = 5
"""So many questions of one person about one good may wait for an answer."""
PREVIEW = 80


class TalkRefused(Refusal):
    """This cannot be said; nothing was written. ``for_people`` says why."""


@transaction.atomic
def ask(*, product: Product, text: str, by, at) -> Question:
    """A public question to the shop. The same one again is the one there is."""
    said = cleaned(text, LONGEST_QUESTION)
    seller = shop_of(product)
    own = Question.objects.filter(product=product, asker=by)
    existing = own.filter(text=said).first()
    if existing is not None:
        return existing
    if own.waiting().count() >= MOST_WAITING:
        raise TalkRefused(_("Please wait until the shop has answered your other questions."))
    question, made = Question.objects.get_or_create(
        product=product, asker=by, text=said, defaults={"seller": seller, "asked_at": at}
    )
    if made:
        audit.record("question.asked", of=question, by=by)
        events.announce("question_asked", question=question.pk)
    return question


@transaction.atomic
def answer(*, question: Question, text: str, by, at) -> Question:
    """The shop answers, once: raises TalkRefused a second time. From now on everybody reads it."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.answer:
        raise TalkRefused(_("This question is answered already."))
    question.answer, question.answered_at, question.answered_by = cleaned(text, LONGEST), at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("question.answered", of=question, by=by)
    events.announce("question_answered", question=question.pk)
    return question


@transaction.atomic
def hide(*, question: Question, reason: str, by, at) -> Question:
    """Staff take a question out of sight, and say why."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    question.hidden_at, question.hidden_reason = at, cleaned(reason, 200)
    question.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record("question.hidden", of=question, by=by)
    return question


def about_product(product: Product, buyer, at) -> Thread:
    """The thread of this buyer about a good, made if there is none. Call it with the first message only."""
    thread, _made = Thread.objects.get_or_create(
        buyer=buyer, product=product, defaults={"seller": shop_of(product), "last_at": at, "last_side": Side.BUYER}
    )
    return thread


def about_order(order: Order, at) -> Thread:
    """The thread about an order of an account, made if there is none. Call it with the first message only."""
    thread, _made = Thread.objects.get_or_create(
        order=order, defaults={"buyer": order.user, "seller": shop_of(order), "last_at": at, "last_side": Side.BUYER}
    )
    return thread


@transaction.atomic
def send(*, thread: Thread, side: Side, text: str, photos: Iterable[ContentFile] = (), key: UUID, by, at) -> Message:
    """One message to the other side; the same ``key`` again changes nothing."""
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    existing = thread.messages.filter(key=key).first()
    if existing is not None:
        return existing
    photos = list(photos)[:MOST_PHOTOS]
    said = mask_numbers(text).strip()[:LONGEST] if photos else cleaned(text, LONGEST)
    message = Message.objects.create(thread=thread, key=key, side=side, by=by, at=at, text=said)
    for photo in photos:
        shown = MessagePhoto(message=message)
        shown.file.save("photo.webp", photo, save=True)
    thread.last_at, thread.last_side, thread.last_text = at, side, (said or _("Photo"))[:PREVIEW]
    thread.save(update_fields=["last_at", "last_side", "last_text"])
    events.announce("message_sent", message=message.pk)
    return message


def shop_of(subject: Product | Order) -> Partner:
    """Who is written to. Raises TalkRefused for goods or an order whose shop is gone."""
    if subject.seller is None:
        raise TalkRefused(_("This shop is no longer here."))
    return subject.seller


def cleaned(text: str, longest: int) -> str:
    """Raises TalkRefused for nothing."""
    said = mask_numbers(text).strip()[:longest]
    if not said:
        raise TalkRefused(_("Please write something."))
    return said
