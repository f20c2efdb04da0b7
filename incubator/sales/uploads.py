"""Files staff bring to the page: looked at first, then taken in at once or by the worker."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.held_files import HeldFile, held, hold
from marketplace.core.refusal import Refusal

from . import actions
from .intake import Outcome
from .models import ChannelAccount, SalesImport
from .reading.refusals import UnknownHeader

AT_ONCE_BYTES = 512 * 1024
"""Larger files are read by the worker, so that nobody waits for a page."""


@dataclass(frozen=True)
class Preview:
    """What a file would do, and the token with which it is taken in."""

    outcome: Outcome
    token: str


def purpose(channel: str, name: str) -> str:
    """What a file waits for."""
    return f"sales:{channel}:{name}"


def look_at(*, channel: str, name: str, data: bytes, file_name: str, by) -> Preview:
    """A dry run, nothing written; a file that cannot be read says so in its outcome. Refusal for another place's account."""
    known = ChannelAccount.objects.filter(channel=channel, name=name).first()
    if known is not None:
        refuse_unless_visible(known, by)
    account = actions.account_to_try(channel=channel, name=name)
    (outcome,) = actions.try_files(account=account, files=[(file_name, io.BytesIO(data))])
    is_lost = outcome.failure is not None and not isinstance(outcome.failure, UnknownHeader)
    return Preview(outcome, "" if is_lost else hold(data, file_name, purpose=purpose(channel, name)))


def look_again(*, channel: str, name: str, token: str, by, instead: str = "") -> Preview:
    """A dry run of a file that was looked at before, by what the account knows now, or as one of the channel ``instead``.

    Raises Refusal.
    """
    file = held(token, purpose=purpose(channel, name))
    preview = look_at(channel=instead or channel, name=name, data=file.read(), file_name=file.name, by=by)
    file.let_go()
    return preview


def take_in(*, channel: str, name: str, area: str, token: str, by, at) -> SalesImport | None:
    """Take in what was looked at; None where the worker reads it. The account is made if it is new. Raises Refusal."""
    file = held(token, purpose=purpose(channel, name))
    account = account_of(channel, name, area, by)
    data = file.read()
    if len(data) > AT_ONCE_BYTES:
        from .tasks import take_in_file

        transaction.on_commit(partial(take_in_file.enqueue, account.pk, file.name, file.stored, by.pk))
        return None
    return read_in(account, file, data, by=by, at=at)


@transaction.atomic
def account_of(channel: str, name: str, area: str, by) -> ChannelAccount:
    """The account of this name; a new one belongs to this place. Refusal for one that staff of another place keep."""
    account = ChannelAccount.objects.filter(channel=channel, name=name).first()
    if account is None:
        account = actions.account_called(channel=channel, name=name, by=by)
        account.area = area
        account.save(update_fields=["area"])
    refuse_unless_visible(account, by)
    return account


def refuse_unless_visible(account: ChannelAccount, by) -> None:
    """Raise Refusal for an account that staff of another place keep."""
    if not ChannelAccount.objects.visible_to(by).filter(pk=account.pk).exists():
        raise Refusal(_("An account of this name belongs to another place. Please choose another name."))


def read_in(account: ChannelAccount, file: HeldFile, data: bytes, *, by, at) -> SalesImport:
    """Count what the file holds, and let it go."""
    (outcome,) = actions.import_files(
        account=account, files=[(PurePath(file.name).name, io.BytesIO(data))], by=by, at=at
    )
    file.let_go()
    if outcome.run is None:
        raise Refusal(outcome.explained[0]["why"])
    return outcome.run
