"""What the people of a seller's team may do. A page asks for one of these; a role is a set of them."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Can(StrEnum):
    """One thing a page may ask for."""

    SHIP = "ship"
    """Pack and send orders."""
    BUYERS = "buyers"
    """See who a buyer is and where she lives."""
    TALK = "talk"
    """Answer buyers: questions, messages, after-sale cases."""
    MONEY = "money"
    """See amounts, statements and payouts."""
    LIST = "list"
    """Offer goods: drafts, prices, stock."""
    SHOP = "shop"
    """Change the shop itself: its page, freight, closure, documents, and where its money goes."""
    TEAM = "team"
    """Invite people and let them go."""


class TeamRole(models.TextChoices):
    """Who somebody is in a seller's team."""

    OWNER = "owner", pgettext_lazy("team", "Owner")
    PACKER = "packer", _("Packer")
    BOOKKEEPER = "bookkeeper", _("Bookkeeper")


CAPABILITIES = {
    TeamRole.OWNER: frozenset(Can),
    TeamRole.PACKER: frozenset({Can.SHIP, Can.BUYERS, Can.TALK}),
    TeamRole.BOOKKEEPER: frozenset({Can.MONEY}),
}
"""The packer sees no amounts, the bookkeeper no buyer."""

INVITED_AS = (TeamRole.PACKER, TeamRole.BOOKKEEPER)
"""What a link may make of somebody; a further owner is made from a member one knows."""
WHAT_THEY_DO = {
    TeamRole.OWNER: _("Does everything: goods, orders, money, the shop and its team."),
    TeamRole.PACKER: _("Packs, ships and answers buyers. Sees no amounts."),
    TeamRole.BOOKKEEPER: _("Sees amounts, statements and payouts. Sees no buyer's name or address."),
}
"""A role in one sentence, for whoever gives it and whoever gets it."""
