"""A city's worth of sellers, agreements and learners, and as many sale facts as one asks for (PostgreSQL makes them)."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from incubator.agreements.models import Agreement, AgreementGood
from incubator.learning.models import Cohort, Course, Enrolment, Learner
from incubator.members.models import Cooperative, EcommercePartner
from incubator.sales.models import ChannelAccount
from incubator.sales.states import SalesChannel
from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.core import areas
from marketplace.partner.models import Partner
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole

CITY = "230200"
SLICE = 25_000
"""Facts made by one statement."""
FACTS = """
INSERT INTO sales_salefact (
    account_id, order_number, line_key, version, state, sold_on, week, title, code, pack, quantity, unit, grams, grams_kept,
    gross_fen, refunded_fen, is_refund_unknown, is_first, is_double, evidence, seller_id, county, lot, recorded_at)
SELECT a.id, 'M' || n, '', 1, 40, d, d - (extract(isodow FROM d)::int - 1), '大米 ' || (abs(hashint4(n + 3)::bigint) %% %(codes)s) || ' 号',
    'RICE-' || (abs(hashint4(n + 3)::bigint) %% %(codes)s), '5kg', 1, '', 5000, CASE WHEN n %% 40 = 0 THEN 0 ELSE 5000 END, 3990 + n %% 2000,
    CASE WHEN n %% 40 = 0 THEN 3990 + n %% 2000 ELSE 0 END, false, 1, false, 2, a.seller_id, a.area, '', now()
FROM generate_series(%(first)s::int, %(last)s::int) AS n
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM sales_channelaccount) a
    ON a.place = abs(hashint4(n)::bigint) %% (SELECT count(*) FROM sales_channelaccount)
CROSS JOIN LATERAL (SELECT %(today)s::date - (abs(hashint4(n + 7)::bigint) %% %(days)s)::int AS d) AS days
"""


def people(accounts: int, codes: int, agreements: int, learners: int) -> None:
    """Shops with an account each, agreements that count some of their goods, and learners who own them."""
    counties = [each.code for each in areas.children(CITY)]
    channels = [each for each in SalesChannel if each != SalesChannel.STOREFRONT]
    shops = []
    for number in range(accounts):
        area = counties[number % len(counties)]
        shop, _made = Partner.objects.get_or_create(
            code=f"measured-{number}", defaults={"name": f"量一量 {number}", "slug": f"measured-{number}", "area": area}
        )
        shops.append(shop)
        ChannelAccount.objects.get_or_create(
            channel=channels[number % len(channels)], name=f"量一量 {number}", defaults={"area": area, "seller": shop}
        )
    agreed(agreements, codes)
    taught(learners, shops)


def agreed(number: int, codes: int) -> None:
    """Agreements in force: each counts one code of one account for a year."""
    if Agreement.objects.count() >= number:
        return
    cooperative, partner = Cooperative.objects.first(), EcommercePartner.objects.first()
    cooperative = cooperative or Cooperative.objects.create(code="M1", name="量一量合作社", area="230225")
    partner = partner or EcommercePartner.objects.create(
        code="M1", name="量一量电商", area="230225", kind="company", categories=[]
    )
    first, second = staff(CITY, "1"), staff(CITY, "3")
    today = timezone.localdate()
    accounts = list(ChannelAccount.objects.order_by("pk")[:number])
    for place, account in enumerate(accounts):
        made = Agreement.objects.create(
            cooperative=cooperative, partner=partner, goods=f"大米 {place}", price_kind="market", volume_kg=5000,
            commission_percent=Decimal(5), begins_on=today - timedelta(days=300), ends_on=today + timedelta(days=65),
            state="active", submitted_by=first, checked_by=second, signed_on=today - timedelta(days=300), by=first,
            made_at=timezone.now(),
        )  # fmt: skip
        AgreementGood.objects.create(agreement=made, account=account, code=f"RICE-{place % codes}")


def taught(number: int, shops: list[Partner]) -> None:
    """A class of learners, half of whom own a shop."""
    if Learner.objects.count() >= number:
        return
    course, _made = Course.objects.get_or_create(code="measured", defaults={"title": "量一量"})
    cohort, _made = Cohort.objects.get_or_create(
        course=course, number=1, defaults={"area": CITY, "starts_on": date(2026, 1, 5)}
    )
    for place in range(number):
        user, _made = User.objects.get_or_create(mobile=f"+86139{place:08}")
        learner = Learner.objects.create(name=f"量一量 {place}", user=user, area="230225")
        Enrolment.objects.create(cohort=cohort, learner=learner, enrolled_at=timezone.now())
        if place % 2 == 0:
            team.join(seller=shops[place // 2 % len(shops)], user=user, role=TeamRole.OWNER)


def facts(number: int, codes: int, days: int) -> None:
    """Sales of the last two years, spread over accounts, goods and days."""
    said = {"codes": codes, "days": days, "today": timezone.localdate()}
    with connection.cursor() as cursor:
        for first in range(1, number + 1, SLICE):
            cursor.execute(FACTS, said | {"first": first, "last": min(number, first + SLICE - 1)})


def staff(area: str, ending: str) -> User:
    """Incubator staff of a place."""
    user, _made = User.objects.get_or_create(mobile=f"+861380099000{ending}")
    roles.give(user=user, role=Role.INCUBATOR, area=area, by=None)
    return user
