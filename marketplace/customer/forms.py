"""What a buyer types on her own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.address.forms import AddressForm
from marketplace.core.inbox import CHOSEN
from marketplace.core.models import Channel, NoticeKind, NoticePreference


class BookForm(AddressForm):
    """An address of her book."""

    label = forms.CharField(
        label=_("Label"),
        max_length=20,
        required=False,
        help_text=_("Such as home, work or parents."),
        error_messages={"max_length": _("Please keep the label within 20 characters.")},
    )
    usual = forms.BooleanField(label=_("Set as default"), required=False)
    paste = forms.CharField(max_length=2000, required=False)

    @staticmethod
    def initial_of(address) -> dict[str, str]:
        more = {"label": address.label, "usual": address.is_default_for_shipping}
        return AddressForm.initial_of(address) | more


class WaysForm(forms.Form):
    """By which ways, besides this site, she hears of each kind of event. A way she cannot be reached by stays as it is."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = getattr(user, "notice_preference", None) or NoticePreference()
        self.can_email, self.can_sms = bool(user.email), bool(user.mobile)
        self.told = {"email": known.by_email, "sms": known.by_sms}
        has_shop = user.memberships.exists() or user.openings.exists()
        self.chosen = [kind for kind in CHOSEN if kind != NoticeKind.SHOP or has_shop]
        for kind in self.chosen:
            self.add(Channel.EMAIL, kind, chosen=kind in known.by_email, can=self.can_email)
            self.add(Channel.SMS, kind, chosen=kind in known.by_sms, can=self.can_sms)

    def add(self, way: Channel, kind: NoticeKind, *, chosen: bool, can: bool) -> None:
        self.fields[f"{way.value}-{kind.value}"] = forms.BooleanField(
            label=way.label, required=False, initial=chosen, disabled=not can
        )

    @property
    def rows(self):
        """Each kind with its two ticks."""
        return [(kind.label, self[f"email-{kind.value}"], self[f"sms-{kind.value}"]) for kind in self.chosen]

    def kinds(self, way: str) -> list[str]:
        """What was ticked for one way; a kind she is not asked about stays as it was."""
        not_asked = set(self.told[way]) - {kind.value for kind in self.chosen}
        return [kind.value for kind in self.chosen if self.cleaned_data[f"{way}-{kind.value}"]] + sorted(not_asked)
