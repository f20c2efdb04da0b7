"""What each side can do with a case on its page: the button, what is asked before, and the verb that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import actions
from .forms import (
    AddressForm,
    AgreeForm,
    CaseForm,
    CaseParcelForm,
    DecideForm,
    OfferForm,
    ReasonForm,
    SayForm,
    TakeBackForm,
)
from .models import Case
from .states import Kind, Side

SAY = "say"


@dataclass(frozen=True)
class Deed:
    """One thing to do. ``moves`` are the steps it may take: the button shows where one of them is possible."""

    name: str
    title: str | Promise
    form: Callable[..., forms.Form]
    do: Callable[[Case, Any, dict], object]
    moves: tuple[str, ...]
    note: str | Promise = ""
    needs_money: bool = False
    is_main: bool = False

    def is_possible(self, case: Case) -> bool:
        if self.name == SAY:
            return case.is_open
        if self.name == "agree":
            return case.allows(actions.AGREED[Kind(case.kind)])
        return any(case.allows(move) for move in self.moves)


def say_as(side: Side) -> Deed:
    def do(case, form, who):
        typed = form.cleaned_data
        return actions.say(case=case, side=side, text=typed["text"], photos=typed["photos"], **who)

    return Deed(SAY, _("Send a message"), SayForm, do, ())


def parcel(form) -> dict:
    return {name: form.cleaned_data[name] for name in ("carrier", "tracking_number")}


def agree(case, form, who):
    typed = form.cleaned_data
    return actions.agree(case=case, text=typed["text"], return_address=typed.get("return_address", ""), **who)


def offer(case, form, who):
    return actions.offer(case=case, amounts=form.amounts, freight=form.freight, text=form.cleaned_data["text"], **who)


def decide(case, form, who):
    typed = form.cleaned_data
    return actions.decide(
        case=case, outcome=typed["outcome"], amounts=form.amounts, freight=form.freight, text=typed["text"], **who
    )


BUYER = (
    Deed(
        "accept",
        _("Accept the offer"),
        CaseForm,
        lambda case, form, who: actions.accept(case=case, **who),
        ("accept",),
        _("You get the amount back the way you paid, and the request is closed."),
        is_main=True,
    ),
    Deed(
        "send-back",
        _("I have sent the goods back"),
        CaseParcelForm,
        lambda case, form, who: actions.send_back(case=case, **parcel(form), **who),
        ("send_back",),
        is_main=True,
    ),
    Deed(
        "confirm-resend",
        _("It has arrived"),
        CaseForm,
        lambda case, form, who: actions.confirm_resend(case=case, **who),
        ("confirm_resend",),
        _("The request is closed."),
        is_main=True,
    ),
    say_as(Side.BUYER),
    Deed(
        "escalate",
        _("Ask staff to decide"),
        ReasonForm,
        lambda case, form, who: actions.escalate(case=case, text=form.cleaned_data["text"], **who),
        ("escalate",),
        _("Platform staff read what both sides wrote and decide with reasons."),
    ),
    Deed(
        "withdraw",
        _("Withdraw the request"),
        CaseForm,
        lambda case, form, who: actions.withdraw(case=case, **who),
        ("withdraw",),
        _("You can ask again while the time for it runs."),
    ),
)
SELLER = (
    Deed(
        "agree",
        _("Agree"),
        AgreeForm,
        agree,
        ("agree_refund", "agree_return", "agree_resend"),
        needs_money=True,
        is_main=True,
    ),
    Deed(
        "take-back",
        _("The goods are back"),
        TakeBackForm,
        lambda case, form, who: actions.take_back(case=case, **form.cleaned_data, **who),
        ("take_back",),
        _("The buyer gets the agreed amount back."),
        needs_money=True,
        is_main=True,
    ),
    Deed(
        "resend",
        _("Note the parcel sent again"),
        CaseParcelForm,
        lambda case, form, who: actions.resend(case=case, **parcel(form), **who),
        ("resend",),
        is_main=True,
    ),
    Deed(
        "address",
        _("Say where to send the goods"),
        AddressForm,
        lambda case, form, who: actions.name_address(case=case, address=form.cleaned_data["return_address"], **who),
        ("send_back",),
    ),
    Deed(
        "offer",
        _("Make an offer"),
        OfferForm,
        offer,
        ("offer",),
        _("The buyer keeps the goods and gets this amount. If she says nothing it is paid."),
        needs_money=True,
    ),
    say_as(Side.SELLER),
    Deed(
        "refuse",
        _("Refuse with a reason"),
        ReasonForm,
        lambda case, form, who: actions.refuse(case=case, text=form.cleaned_data["text"], **who),
        ("refuse",),
        _("The buyer can ask platform staff to decide."),
        needs_money=True,
    ),
    Deed(
        "refuse-return",
        _("What came back is not right"),
        ReasonForm,
        lambda case, form, who: actions.refuse_return(case=case, text=form.cleaned_data["text"], **who),
        ("refuse_return",),
        _("The buyer can ask platform staff to decide."),
        needs_money=True,
    ),
)
STAFF = (
    Deed(
        "decide",
        _("Decide"),
        DecideForm,
        decide,
        ("decide_refund", "decide_return", "decide_rejection"),
        is_main=True,
    ),
    say_as(Side.STAFF),
)
