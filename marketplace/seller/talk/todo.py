"""Buyers who wait for a word."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.talk.models import Question, Side, Thread

from ..capabilities import Can
from ..home import Todo
from ..models import Membership


def to_answer(member: Membership) -> list[Todo]:
    """Messages and questions without an answer."""
    if not member.may(Can.TALK):
        return []
    threads = Thread.objects.of_seller(member.seller).waiting_for(Side.SELLER).count()
    questions = Question.objects.of_seller(member.seller).waiting().count()
    found = [
        (threads, _("Messages to answer"), reverse("seller:threads")),
        (questions, _("Questions about your goods"), reverse("seller:questions")),
    ]
    return [Todo(title=title, number=number, href=href) for number, title, href in found if number]
