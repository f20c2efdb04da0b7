"""The tab bar of the seller centre. A further part of it adds its tab here and its pages to ``urls``."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .capabilities import Can


@dataclass(frozen=True)
class Tab:
    """One place of the bar: shown to whoever has the capability; current on every page below its address."""

    name: str
    text: str | Promise
    icon: str
    capability: Can | None = None

    @property
    def href(self) -> str:
        return reverse(self.name)


HOME = Tab("seller:home", _("Home"), "home")
ORDERS = Tab("seller:orders", _("Orders"), "truck")
PRODUCTS = Tab("seller:products", _("Products"), "box", Can.LIST)
MESSAGES = Tab("seller:threads", _("Messages"), "chat", Can.TALK)
MONEY = Tab("seller:money", _("My money"), "wallet", Can.MONEY)
TABS: tuple[Tab, ...] = (HOME, ORDERS, PRODUCTS, MESSAGES, MONEY)


def tabs_for(member, path: str) -> list[dict]:
    """The tabs a member sees, that of the present page marked."""
    shown = [tab for tab in TABS if tab.capability is None or member.may(tab.capability)]
    here = max((tab for tab in shown if path.startswith(tab.href)), key=lambda tab: len(tab.href), default=None)
    return [{"href": tab.href, "text": tab.text, "icon": tab.icon, "current": tab is here} for tab in shown]
