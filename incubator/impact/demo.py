"""Figures of the demonstration: what was reported in 2016, and a snapshot of the sample seller's sales beside it."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from incubator.impact import actions
from incubator.impact.models import DeclaredFigure, Snapshot
from marketplace.accounts.models import User
from marketplace.core.figures import Qualifier, Unit

AREA, DAY = "230200", date(2016, 10, 17)
SOURCE = "共青团扶贫工作公开报道（刊载媒体未记录）；数据组成未说明"
SOURCE_EN = "Published report on the Youth League's work against poverty (outlet not on record); composition not stated"
"""What is known of it: of which work it tells, and its day, which stands beside it. Its outlet was not taken down; none is made up."""
STAFF, SECOND = "+8613800000004", "+8613800000008"
DECLARED = (
    ("累计扶助资金", "Support funds raised in all", 963_000_000, Unit.YUAN, Qualifier.EXACT),
    ("受益人数", "People who benefited", 813_100, Unit.PERSON, Qualifier.EXACT),
    ("一人卖出大米", "Rice sold by one seller", 120, Unit.TONNE, Qualifier.AT_LEAST),
    ("一人销售额", "Sales of one seller", 1_000_000, Unit.YUAN, Qualifier.AT_LEAST),
    ("一人带动农户", "Households one seller drew along", 30, Unit.HOUSEHOLD, Qualifier.AT_LEAST),
)


def load() -> None:
    """Note the declared figures, and release one snapshot, if they are not there."""
    for order, (name, name_en, value, unit, qualifier) in enumerate(DECLARED):
        DeclaredFigure.objects.get_or_create(
            name=name,
            as_of=DAY,
            defaults={
                "name_en": name_en,
                "value": Decimal(value),
                "unit": unit,
                "qualifier": qualifier,
                "source": SOURCE,
                "source_en": SOURCE_EN,
                "work_area": "2016:production" if name.startswith("一人") else "",
                "order": order,
            },
        )
    if not Snapshot.objects.exists():
        first, second = (User.objects.get(mobile=mobile) for mobile in (STAFF, SECOND))
        now = timezone.now()
        made = actions.take_snapshot(
            area=AREA, since=date(now.year, 1, 1), until=timezone.localdate(), by=first, at=now
        )
        actions.release(snapshot=made, by=second, at=now)
