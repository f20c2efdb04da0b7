"""Files of back offices to import, and what they add up to."""

import io
import json
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from incubator.sales import actions, report

FILES = Path(__file__).parent / "data" / "channel-exports"
EXPECTED = json.loads((FILES / "expected.json").read_text("utf-8"))["totals"]
CHANNEL_OF = {
    "taobao-orders.csv": "taobao",
    "taobao-items.csv": "taobao",
    "taobao-orders-later.csv": "taobao",
    "pinduoduo.csv": "pinduoduo",
    "douyin.csv": "douyin",
    "wechat-group.xlsx": "wechat",
}
ACCOUNT = "卫东家的大米(示例)"


def account(channel="taobao", name=ACCOUNT):
    """A channel account."""
    return actions.account_called(channel=channel, name=name, by=None)


def bring(*names, at=None, into=None):
    """Import files of the folder, each into the account of its channel; returns what became of the last."""
    for name in names:
        with open(FILES / name, "rb") as file:
            (outcome,) = actions.import_files(
                account=into or account(CHANNEL_OF[name]), files=[(name, file)], by=None, at=at or timezone.now()
            )
    return outcome


def look_at(*names):
    """A dry run of files of one channel."""
    opened = [(name, io.BytesIO((FILES / name).read_bytes())) for name in names]
    return actions.try_files(account=actions.account_to_try(channel=CHANNEL_OF[names[0]], name=ACCOUNT), files=opened)


def typed(text, *, channel="wechat", name="typed.csv", into=None, encoding="utf-8"):
    """Import a table given as text (or bytes)."""
    data = text if isinstance(text, bytes) else text.encode(encoding)
    (outcome,) = actions.import_files(
        account=into or account(channel), files=[(name, io.BytesIO(data))], by=None, at=timezone.now()
    )
    return outcome


def numbers(totals):
    """Totals as numbers, so that 160.0 and 160 are the same."""
    return {channel: {name: Decimal(str(value)) for name, value in row.items()} for channel, row in totals.items()}


def totals(**filters):
    return numbers(report.totals(**filters))


def expected(*channels):
    return {channel: row for channel, row in numbers(EXPECTED).items() if channel in channels}
