"""What staff teach an account: which column is which, what its words for states and units mean, how it writes days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit

from . import weights
from .intake import Outcome
from .models import ChannelAccount
from .reading.layouts import plain_name
from .reading.reader import LAYOUTS
from .states import DayOrder, SaleState

UNITS = sorted({*weights.GRAMS, *weights.PIECES} - {""})
MOST = 60


def columns_of(channel: str) -> list[str]:
    """Our columns for files of this channel, what is needed first."""
    needed = [column for layout in LAYOUTS[channel] for column in layout.columns if column in layout.needs]
    others = [column for layout in LAYOUTS[channel] for column in layout.columns if column not in layout.needs]
    return list(dict.fromkeys([*needed, *others]))


def needed_columns(channel: str) -> list[str]:
    """Without one of these sets of columns no file of this channel can be read."""
    return ["、".join(column for column in layout.columns if column in layout.needs) for layout in LAYOUTS[channel]]


def unknown_words(outcome: Outcome, code: str) -> list[str]:
    """States or units of refused rows that nobody has explained yet."""
    found = (error["params"].get("value", "") for error in outcome.errors if error["code"] == code)
    return list(dict.fromkeys(filter(None, found)))[:MOST]


class MappingForm(forms.Form):
    """One list to choose from for each unknown header, state and unit."""

    day_order = forms.ChoiceField(label=_("Order of dates"), choices=DayOrder.choices, required=False)

    def __init__(
        self,
        *args,
        account: ChannelAccount,
        headers: Iterable[str],
        states: Iterable[str] = (),
        units: Iterable[str] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.account, self.asked = account, {"column": list(headers), "state": list(states), "unit": list(units)}
        self.fields["day_order"].initial = account.day_order
        columns = [("", _("not read")), *((column, column) for column in columns_of(account.channel))]
        self.offer("column", columns, account.columns, plain_name)
        self.offer("state", [("", _("not known")), *SaleState.choices], account.states)
        self.offer("unit", [("", _("not known")), *((unit, unit) for unit in UNITS)], account.units)

    def offer(self, kind: str, choices, known: Mapping, key=str) -> None:
        """One field for each word of a kind."""
        for number, word in enumerate(self.asked[kind][:MOST]):
            self.fields[f"{kind}-{number}"] = forms.ChoiceField(
                label=word, choices=choices, required=False, initial=known.get(key(word), "")
            )

    def clean(self):
        cleaned = super().clean()
        chosen = [value for name, value in cleaned.items() if name.startswith("column-") and value]
        for name, value in list(cleaned.items()):
            if name.startswith("column-") and value and chosen.count(value) > 1:
                self.add_error(name, _("Two columns cannot both be %(column)s.") % {"column": value})
        return cleaned

    def taught(self, kind: str) -> dict[str, str]:
        """Word → meaning of one kind; None for words that lost theirs."""
        return {
            word: self.cleaned_data.get(f"{kind}-{number}", "") for number, word in enumerate(self.asked[kind][:MOST])
        }


@transaction.atomic
def teach(*, account: ChannelAccount, form: MappingForm, by) -> ChannelAccount:
    """Keep what was said; the next file of the account is read by it."""
    account = ChannelAccount.objects.select_for_update().get(pk=account.pk)
    columns = {plain_name(word): column for word, column in form.taught("column").items()}
    account.columns = merged(account.columns, columns)
    account.states = merged(
        account.states, {word: int(state) if state else "" for word, state in form.taught("state").items()}
    )
    account.units = merged(account.units, form.taught("unit"))
    account.day_order = form.cleaned_data["day_order"] or account.day_order
    account.save(update_fields=["columns", "states", "units", "day_order"])
    audit.record("sales_account.taught", of=account, by=by, columns=len(columns))
    return account


def merged(known: Mapping, said: Mapping) -> dict:
    """What was known, with what was said now; a word whose meaning was taken away is forgotten."""
    return {word: meaning for word, meaning in {**known, **said}.items() if meaning != ""}


@transaction.atomic
def forget(*, account: ChannelAccount, by) -> None:
    """The account knows nothing of its own any more; what was counted stays."""
    account.columns, account.states, account.units, account.day_order = {}, {}, {}, DayOrder.YEAR_FIRST
    account.save(update_fields=["columns", "states", "units", "day_order"])
    audit.record("sales_account.forgot", of=account, by=by)
