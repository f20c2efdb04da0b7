"""Parks of the demonstration: one reported in 2016, and a made-up one in each of eight of Qiqihar's sixteen counties.

What was reported: youth league committees of 8 of 16 counties had founded e-commerce platforms of various scale, and who ran the
city's park. Which eight counties, and how large, was not: those here are made up and say so.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from incubator.members.models import EcommercePartner, StrategicPartner
from incubator.parks import actions
from incubator.parks.models import FounderLine, Park, Tenancy
from marketplace.accounts.models import User
from marketplace.core import areas

STAFF = "+8613800000004"
CITY = "230200"
REPORTED = {
    "name": "星光青年电商创业孵化园",
    "name_en": "Xingguang youth e-commerce incubator park",
    "operators": "共青团齐齐哈尔市委、星光科技管理有限公司",
    "source": "2016-10-17 公开报道",
    "source_en": "Press report of 2016-10-17",
}
COUNTIES = ("230202", "230221", "230223", "230225", "230227", "230229", "230231", "230281")
SCALES = ("6 工位", "12 工位", "20 工位")


def load() -> None:
    """Record them with two teams, if there are none."""
    if Park.objects.exists():
        return
    staff = User.objects.get(mobile=STAFF)
    actions.open_park(by=staff, area=CITY, **REPORTED)
    parks = [made_up(code, number, staff) for number, code in enumerate(COUNTIES)]
    park = parks[COUNTIES.index("230225")]
    actions.appoint(park=park, name="示例导师", role="电商运营", lines=["market", "finance"], since=day(-200), by=staff)
    resident(park, staff)
    actions.apply(
        park=park,
        team="示例团队乙",
        founder="样例创业者乙",
        idea="在微信群卖杂粮",
        applied_on=day(-3),
        by=staff,
        at=timezone.now(),
    )


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def made_up(code: str, number: int, by: User) -> Park:
    """A sample park of a county, with a few desks."""
    area = areas.get(code)
    park = actions.open_park(
        by=by,
        area=code,
        name=f"示例电商孵化平台（{area.name}）",
        name_en=f"Sample e-commerce platform ({area.name_en})",
        scale=SCALES[number % 3],
        is_sample=True,
    )
    actions.add_desks(park=park, labels=[f"A{desk}" for desk in range(1, (6, 12, 20)[number % 3] + 1)], by=by)
    return park


def resident(park: Park, by: User) -> Tenancy:
    """A team that lives there, has a desk, asks for goods, capital and advice, and was answered once."""
    now = timezone.now()
    partner = EcommercePartner.objects.filter(is_sample=True, kind="person").order_by("code").first()
    team = actions.apply(
        park=park, team="示例团队甲", founder="样例创业者甲", idea="在抖音直播卖甘南大米", partner=partner,
        applied_on=day(-120), by=by, at=now,
    )  # fmt: skip
    for move, offset in (("review", -115), ("approve", -110), ("move_in", -100)):
        actions.move(tenancy=team, move=move, on=day(offset), by=by, at=now)
    actions.book_desk(desk=park.desks.get(label="A1"), tenancy=team, since=day(-100), until=None, by=by, at=now)
    for kind, words in (("network", "直播间网速不够"), ("supply", "想卖本县大米和杂粮"), ("capital", "备货周转资金")):
        actions.ask_for(tenancy=team, kind=kind, words=words, key=uuid4(), by=by, at=now, on=day(0))
    ask_for_advice(team, by)
    lender = StrategicPartner.objects.filter(kind="finance").first()
    if lender is not None:
        referral = team.requests.get(kind="capital").referral
        actions.move_referral(referral=referral, move="send", lender=lender, amount=None, on=day(-1), by=by, at=now)
    return team


def ask_for_advice(team: Tenancy, by: User) -> None:
    """One question answered, one open."""
    common: dict[str, Any] = {"owner": by, "mentor": None, "on": day(-20), "by": by, "at": timezone.now()}
    policy = FounderLine.objects.get(tenancy=team, line="policy")
    actions.move_line(line=policy, move="ask", words="个体户能享受哪些税收优惠？", **common)
    actions.move_line(line=policy, move="answer", words="自产农产品免征增值税，材料清单已发。", **common)
    market = FounderLine.objects.get(tenancy=team, line="market")
    actions.move_line(line=market, move="ask", words="大米适合上哪个渠道？", **common)
