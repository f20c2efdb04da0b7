"""What the site keeps in a reader's browser: all of it, and nothing that follows people about. A test holds pages to it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Cookie:
    """Its name, what it is for, and how long it stays."""

    name: str
    purpose: str | Promise
    stays: str | Promise


COOKIES = (
    Cookie("sessionid", _("That you are signed in, and what you are in the middle of"), _("14 days")),
    Cookie("csrftoken", _("That a form was sent by you and not by another site in your name"), _("1 year")),
    Cookie("messages", _("A word to you on the next page"), _("Until it is shown")),
    Cookie("basket", _("Which basket is yours while you are not signed in"), _("7 days")),
    Cookie("basket-count", _("How many things lie in your basket"), _("30 days")),
    Cookie("province", _("Where you want things sent, for the delivery fee"), _("30 days")),
    Cookie("shared", _("By which link you came, so that a shop sees which links bring orders"), _("7 days")),
    Cookie("text-size", _("That you read large text"), _("1 year")),
    Cookie("django_language", _("The language you chose"), _("Until the browser is closed")),
)
