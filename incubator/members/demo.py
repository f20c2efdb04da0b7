"""Bodies and strategic partners of the demonstration: what was reported in 2016, with its source, and nothing beside it.

The federation of cooperatives and the association of e-commerce youth were founded; who joined was not reported, so the
memberships are of sample members, except that the two named ones of the reported pair are in them.
"""

from datetime import date

from django.utils import timezone

from incubator.members import actions
from incubator.members.models import Body, Cooperative, EcommercePartner, StrategicPartner
from marketplace.accounts.models import User

STAFF = "+8613800000004"
AREA, SOURCE = "230200", "2016-10-17 公开报道"
BODIES = (
    ("federation", "青年农民专业合作社联合会", "Federation of young farmers' cooperatives"),
    ("association", "青年电商协会", "Association of e-commerce youth"),
)
PARTNERS = (
    (
        "platform",
        "阿里巴巴公司",
        "Alibaba",
        "支持贫困地区青年发展电商创业项目",
        "Supports e-commerce ventures of youth in poor regions",
    ),
    (
        "finance",
        "中华联合财产保险股份有限公司",
        "China United Property Insurance",
        "贫困青年创业资金 550 万元",
        "A venture fund of 5.5 million yuan",
    ),
)
PROGRAMMES = {
    "platform": ("电商创业项目", "E-commerce ventures"),
    "finance": ("贫困青年创业资金", "Venture fund for youth"),
}
JOINED = 6


def load() -> None:
    """Note them, if there are none."""
    staff = User.objects.get(mobile=STAFF)
    if not StrategicPartner.objects.exists():
        for kind, name, name_en, words, words_en in PARTNERS:
            partner = actions.enlist(
                name=name,
                name_en=name_en,
                kind=kind,
                description=words,
                description_en=words_en,
                source=SOURCE,
                by=staff,
            )
            title, title_en = PROGRAMMES[kind]
            actions.offer(partner=partner, name=title, name_en=title_en, by=staff)
    if not Body.objects.exists():
        for kind, name, name_en in BODIES:
            body = actions.found_body(name=name, name_en=name_en, kind=kind, area=AREA, source=SOURCE, by=staff)
            fill(body, staff)


def fill(body: Body, staff: User) -> None:
    """Sample members, one of whom left again: the roster of the year's first day still has it."""
    known = (Cooperative if body.kind == Body.Kind.FEDERATION else EcommercePartner).objects
    members: list[Cooperative | EcommercePartner] = list(known.filter(is_sample=True).order_by("code")[:JOINED])
    year = timezone.localdate().year
    for number, member in enumerate(members):
        made = actions.join(body=body, member=member, role="", on=date(year - 1, 3, 1), by=staff)
        actions.move(membership=made, move="admit", on=date(year - 1, 4, 1), by=staff)
        if number == JOINED - 1:
            actions.move(membership=made, move="leave", on=date(year, 2, 1), by=staff)
