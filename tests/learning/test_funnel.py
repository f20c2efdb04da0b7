"""From training to sales, counted."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from incubator.learning import actions
from incubator.learning.funnel import funnel, whole, with_days
from incubator.learning.models import Cohort, Enrolment
from incubator.sales import rollups
from incubator.sales.models import ChannelAccount, SaleFact
from incubator.sales.states import Evidence, SalesChannel, SaleState
from marketplace.catalogue import actions as catalogue
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import deals, incubator, school, shop

pytestmark = pytest.mark.django_db


def sold(seller, *days, refunded=0):
    account, _made = ChannelAccount.objects.get_or_create(
        channel=SalesChannel.STOREFRONT, name=seller.name, defaults={"area": incubator.QIQIHAR, "seller": seller}
    )
    for day in days:
        fact = SaleFact.objects.create(
            account=account,
            order_number=f"N{SaleFact.objects.count()}",
            state=SaleState.PAID,
            sold_on=day,
            week=day - timedelta(days=day.weekday()),
            quantity=1,
            gross_fen=5990,
            refunded_fen=refunded,
            is_first=1,
            evidence=Evidence.values[0],
            seller=seller,
            recorded_at=timezone.now(),
        )
        rollups.follow([], [vars(fact)])


def seller_of(user, *, listed=True):
    made = shop.seller(f"样例店{user.pk}")
    team.join(seller=made, user=user, role=TeamRole.OWNER)
    if listed:
        shop.product(made)
        catalogue.refresh_all()
    return made


@pytest.fixture
def classes():
    """One class with four people: one far, one with a shop, one certified, one who only enrolled."""
    cohort = school.on_site(1, programme=school.programme())
    users = [incubator.person(f"005{n}") for n in range(4)]
    people = [
        school.enrolled(cohort, school.learner(f"示例{n}", user=user, area="230225" if n < 3 else "230281"))
        for n, user in enumerate(users)
    ]
    session = cohort.sessions.get()
    actions.mark_attendance(session=session, present=[each.pk for each in people[:3]], by=None, at=timezone.now())
    for each in people[:3]:
        actions.certify(enrolment=each, by=None, at=timezone.now())
    sold(seller_of(users[0]), date(2026, 4, 2), date(2026, 4, 9), date(2026, 5, 1), date(2026, 7, 3))
    sold(seller_of(users[1], listed=False), date(2026, 4, 2), refunded=5990)
    return cohort


@pytest.mark.parametrize("by", ["programme", "cohort"])
def test_counts_how_far_each_person_came(classes, by, django_assert_num_queries):
    with django_assert_num_queries(1):
        row = funnel(Enrolment.objects.all(), by)[0]

    assert (row.enrolled, *row.reached) == (4, 3, 3, 2, 1, 1, 1)


def test_counts_by_county(classes):
    rows = {row.group[0]: (row.enrolled, *row.reached) for row in funnel(Enrolment.objects.all(), "county")}

    assert rows == {"230225": (3, 3, 3, 2, 1, 1, 1), "230281": (1, 0, 0, 0, 0, 0, 0)}


def test_counts_one_person_in_two_classes_once(classes):
    other = school.cohort(programme=classes.programme)
    school.enrolled(other, classes.enrolments.first().learner)

    assert funnel(Enrolment.objects.all(), "programme")[0].enrolled == 4


def test_counts_a_lesson_with_a_quiz_once_the_quiz_is_passed():
    enrolment = school.learn(school.enrolled(school.cohort()), quizzes=False)
    enrolment.learnt.exclude(lesson__has_quiz=True).delete()
    quiz = enrolment.learnt.first().lesson

    def trained():
        return whole(Enrolment.objects.all()).reached[0]

    assert trained() == 0

    school.send_quiz(enrolment, quiz, right=1)
    assert trained() == 0

    result = school.send_quiz(enrolment, quiz, attempt=2)
    assert trained() == 1
    later = result.sent_at + timedelta(days=3)
    enrolment.results.filter(is_passed=True).update(sent_at=later)
    assert with_days(Enrolment.objects.all())[0].trained == timezone.localdate(later)


def test_knows_the_day_of_the_third_month(classes):
    first = with_days(classes.enrolments.order_by("id"))[0]

    assert (first.sale, first.months) == (date(2026, 4, 2), date(2026, 7, 3))


def by_chance(dice, cohort, people):
    """Learners with up to three shops, each sold on up to two channels; many sell in a few months only, some take all back."""
    for n in range(people):
        user = incubator.person(f"1{n:03}")
        school.enrolled(cohort, school.learner(f"示例{n}", user=user))
        for each in range(dice.choice((0, 1, 1, 1, 3))):
            made = shop.seller(f"样例店{n}-{each}")
            team.join(seller=made, user=user, role=TeamRole.OWNER)
            for channel in dice.sample(("taobao", "douyin"), dice.choice((0, 1, 2))):
                account = deals.account(f"{made.name}{channel}", channel)
                ChannelAccount.objects.filter(pk=account.pk).update(seller=made)
                for _sale in range(dice.choice((1, 2, 4, 12))):
                    on = date(2025, 11, 1) + timedelta(days=dice.choice((0, 29, 30, 60, 61, 91, dice.randrange(150))))
                    deals.sale(SaleFact.objects.count(), on=on, of=account, refunded=dice.choice((0, 0, 100, 5000)))


def months_by_hand(learner):
    """The first days of her months of sales, out of the facts."""
    facts = SaleFact.objects.filter(account__seller__members__user=learner.user, refunded_fen__lt=F("gross_fen"))
    days = sorted(facts.values_list("sold_on", flat=True), reverse=True)
    return sorted({(day.year, day.month): day for day in days}.values())


@pytest.mark.parametrize("seed", range(3))
def test_finds_first_sale_and_third_month_as_the_facts_have_them(seed):
    cohort = school.cohort()
    by_chance(random.Random(seed), cohort, people=16)

    found = list(with_days(Enrolment.objects.select_related("learner")))

    said = {each.pk: (each.sale, each.months) for each in found}
    months = {each.pk: months_by_hand(each.learner) for each in found}
    assert said == {pk: (next(iter(days), None), next(iter(days[2:]), None)) for pk, days in months.items()}
    sold = (sum(bool(days) for days in months.values()), sum(len(days) > 2 for days in months.values()))
    assert whole(Enrolment.objects.all()).reached[-2:] == sold and 0 < sold[1] < sold[0] < 16


def test_no_longer_counts_a_certificate_that_was_revoked(classes):
    certificate = classes.enrolments.first().certificate
    actions.revoke(certificate=certificate, reason="示例", by=None, at=timezone.now())

    assert funnel(Enrolment.objects.all(), "cohort")[0].reached[1] == 2


class TestThePage:
    def test_says_what_trained_means(self, client, classes):
        client.force_login(incubator.staff())

        assert "“已培训”指" in client.get(reverse("incubator:learning:funnel")).content.decode()

    def test_shows_staff_the_classes_of_their_places_only(self, client, classes):
        client.force_login(incubator.staff(area=incubator.WUCHANG, ending="0099"))

        page = client.get(reverse("incubator:learning:funnel")).content.decode()

        assert "示例培训项目" not in page
        assert client.get(classes.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize(("mode", "lessons"), [("online", 3), ("on_site", 0)])
    def test_says_how_far_lessons_are_learnt_only_where_they_are_learnt(self, client, classes, mode, lessons):
        Cohort.objects.update(mode=mode)
        client.force_login(incubator.staff())

        assert len(client.get(classes.get_absolute_url()).context["lessons"]) == lessons

    @pytest.mark.parametrize("name", ["cohort", "session"])
    def test_asks_no_more_for_ten_learners_than_for_one(self, client, classes, name, django_assert_max_num_queries):
        client.force_login(incubator.staff())
        shown = classes if name == "cohort" else classes.sessions.get()
        client.get(shown.get_absolute_url())
        for n in range(10):
            school.enrolled(classes, school.learner(f"示例多{n}"))

        with django_assert_max_num_queries(14):
            assert "示例多9" in client.get(shown.get_absolute_url()).content.decode()

    def test_notes_who_was_there(self, client, classes):
        client.force_login(incubator.staff())
        session, last = classes.sessions.get(), classes.enrolments.last()

        for _twice in range(2):
            client.post(session.get_absolute_url(), {"present": [last.pk, 999999]})

        assert [each.enrolment_id for each in session.attendances.all()] == [last.pk]
