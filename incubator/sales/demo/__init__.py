"""Sales of the demonstration: files of a made-up seller's back offices, as they come."""

from pathlib import Path

from django.utils import timezone

from incubator.sales import actions
from incubator.sales.models import ChannelAccount
from incubator.sales.states import SalesChannel
from marketplace.accounts.models import User
from marketplace.partner.models import Partner

HERE = Path(__file__).parent
ACCOUNT, AREA, STAFF = "卫东家的大米(示例)", "230281", "+8613800000004"
FILES = {
    SalesChannel.TAOBAO: ("taobao-orders.csv", "taobao-items.csv", "taobao-orders-later.csv"),
    SalesChannel.PINDUODUO: ("pinduoduo.csv",),
    SalesChannel.DOUYIN: ("douyin.csv",),
    SalesChannel.WECHAT: ("wechat-group.xlsx",),
}


def load() -> None:
    """Import the files into accounts that are not there yet."""
    staff = User.objects.get(mobile=STAFF)
    for channel, names in FILES.items():
        if not ChannelAccount.objects.filter(channel=channel, name=ACCOUNT).exists():
            bring(channel, names, staff)


def bring(channel: str, names: tuple[str, ...], staff: User) -> None:
    """One account with its files."""
    account = actions.account_called(channel=channel, name=ACCOUNT, by=staff)
    account.area, account.is_sample = AREA, True
    account.seller = Partner.objects.filter(name=ACCOUNT).first()
    account.save(update_fields=["area", "is_sample", "seller"])
    for name in names:
        with (HERE / name).open("rb") as file:
            actions.import_files(account=account, files=[(name, file)], by=staff, at=timezone.now())
