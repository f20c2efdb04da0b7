"""Roles are given by operators, with a reason, until a day, and never to oneself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts import roles, second_factor, staffing, tasks
from marketplace.accounts.models import Authenticator, Role, RoleGrant, StaffEntry, User
from marketplace.accounts.staffing import OPERATOR, Duty
from marketplace.core.models import AuditEntry, Notice
from marketplace.core.refusal import Refusal
from marketplace.dashboard.staff import places
from tests import incubator

pytestmark = pytest.mark.django_db
LIST = reverse("dashboard:staff")
EDITORS = {"Authors", "Editors", "Publishers"}


@pytest.fixture
def operator():
    return User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn", nickname="示例运营甲")


@pytest.fixture
def person():
    return User.objects.create_user(mobile="13900000001", password="rice-in-autumn", nickname="示例新人")


@pytest.fixture
def browser(operator):
    client = Client()
    client.force_login(operator)
    return client


def page_of(user) -> str:
    return reverse("dashboard:staff-person", args=[user.pk])


def given(user, by, role=Role.REVIEWER, **more):
    staffing.give(user=user, duty=Duty(role, **more), reason="样例", by=by, at=timezone.now())
    return User.objects.get(pk=user.pk)


class TestGiving:
    def test_lets_her_in_and_leaves_reason_audit_row_and_a_word_to_her(self, browser, operator, person):
        browser.post(page_of(person), {"role": Role.REVIEWER, "reason": "新来的审核员"})

        assert roles.holds(person, Role.REVIEWER)
        entry = StaffEntry.objects.get(user=person)
        assert (entry.deed, entry.reason, entry.by) == ("given", "新来的审核员", operator)
        audited = AuditEntry.objects.get(action="staff.role_given")
        assert audited.details["role"] == "reviewer" and "审核员" not in str(audited.details)
        assert Notice.objects.filter(user=person).exists()

    @pytest.mark.parametrize(
        ("role", "area", "room"),
        [
            (Role.INCUBATOR, incubator.NEHE, "/incubator/"),
            (Role.REVIEWER, "", "/dashboard/listings/"),
            (Role.EDITOR, "", "/cms/"),
            (OPERATOR, "", "/dashboard/"),
        ],
    )
    def test_leads_her_to_where_she_works_from_now_on(self, operator, person, role, area, room):
        given(person, operator, role, area=area)

        assert Notice.objects.get(user=person).link == room

    def test_tells_all_mistakes_at_once(self, browser, person):
        page = browser.post(page_of(person), {"role": OPERATOR, "area": "讷河市", "until": "2099-01-01", "reason": ""})

        assert set(page.context["form"].errors) == {"area", "until", "reason"}

    def test_is_told_by_its_name_and_place_in_each_language(self, operator, person):
        given(person, operator, Role.INCUBATOR, area=incubator.NEHE)

        told = Notice.objects.get(user=person)
        assert told.body == told.words["zh-hans"][1] == "孵化园工作人员 黑龙江 · 讷河"
        assert told.words["en"][1] == "Incubator staff Nehe, Heilongjiang"

    def test_of_incubator_staff_is_for_a_place(self, browser, person):
        page = browser.post(page_of(person), {"role": Role.INCUBATOR, "reason": "样例"})
        assert page.status_code == 422 and "样例" in page.content.decode()

        browser.post(page_of(person), {"role": Role.INCUBATOR, "area": "讷河市", "reason": "样例"})

        assert roles.areas_of(person, Role.INCUBATOR) == (incubator.NEHE,)

    def test_of_an_editor_opens_the_pages_and_taking_it_closes_them(self, operator, person):
        person = given(person, operator, Role.EDITOR)
        assert person.has_perm("wagtailadmin.access_admin")

        staffing.take(user=person, duty=Duty(Role.EDITOR), reason="样例", by=operator, at=timezone.now())

        assert not User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")
        assert not Group.objects.filter(user=person, name__in=EDITORS).exists()

    def test_of_an_editor_lets_her_publish(self, operator, person):
        groups = given(person, operator, Role.EDITOR).groups

        assert set(groups.values_list("name", flat=True)) == {"Editors", "Publishers"}

    @pytest.mark.parametrize("name", sorted(EDITORS))
    def test_of_an_editor_when_taken_leaves_her_in_no_group_that_writes(self, operator, person, name):
        person = given(person, operator, Role.EDITOR)
        person.groups.add(Group.objects.get(name=name))

        staffing.take(user=person, duty=Duty(Role.EDITOR), reason="样例", by=operator, at=timezone.now())

        assert not person.groups.exists()

    def test_without_the_place_it_needs_today_can_still_be_taken(self, operator, person):
        RoleGrant.objects.create(user=person, role=Role.FINANCE, area=incubator.NEHE)
        with pytest.raises(Refusal):
            given(person, operator, Role.FINANCE, area=incubator.NEHE)

        duty = Duty(Role.FINANCE, incubator.NEHE)
        staffing.take(user=person, duty=duty, reason="样例", by=operator, at=timezone.now())

        assert not person.role_grants.exists()

    def test_of_an_operator_opens_everything_and_taking_it_closes_it(self, operator, person):
        assert given(person, operator, OPERATOR).is_superuser

        staffing.take(user=person, duty=Duty(OPERATOR), reason="样例", by=operator, at=timezone.now())

        assert not User.objects.get(pk=person.pk).is_superuser

    @pytest.mark.parametrize("role", [OPERATOR, Role.FINANCE])
    def test_to_oneself_is_refused(self, browser, operator, role):
        before = StaffEntry.objects.count()

        assert browser.post(page_of(operator), {"role": role, "reason": "样例"}).status_code == 422
        with pytest.raises(Refusal):
            staffing.take(user=operator, duty=Duty(OPERATOR), reason="样例", by=operator, at=timezone.now())

        assert User.objects.get(pk=operator.pk).is_superuser and not operator.role_grants.exists()
        assert StaffEntry.objects.count() == before

    @pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.INCUBATOR])
    def test_by_anybody_but_operators_is_refused(self, operator, person, role):
        other = User.objects.create_user(mobile="13900000002", password="rice-in-autumn")
        if role:
            given(other, operator, role, area=incubator.NEHE if role == Role.INCUBATOR else "")
        client = Client()
        client.force_login(other)

        assert client.post(page_of(person), {"role": Role.REVIEWER, "reason": "样例"}).status_code == 403
        with pytest.raises(Refusal):
            given(person, other)
        assert not person.role_grants.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"reason": ""},
            {"role": "nothing"},
            {"area": "没有这个县"},
            {"area": "朝阳区"},
            {"until": "2020-01-01"},
            {"role": Role.FINANCE, "area": "讷河市"},
            {"role": OPERATOR, "until": "2099-01-01"},
        ],
        ids=str,
    )
    def test_of_something_wrong_keeps_what_was_typed(self, browser, person, wrong):
        typed = {"role": Role.TRAINER, "reason": "理由样例", "area": "", "until": ""} | wrong

        page = browser.post(page_of(person), typed)

        assert page.status_code == 422
        assert not person.role_grants.exists() and not StaffEntry.objects.exists()
        assert typed["reason"] in page.content.decode()

    def test_twice_is_once(self, browser, person):
        for _press in range(2):
            browser.post(page_of(person), {"role": Role.REVIEWER, "reason": "样例"})

        assert RoleGrant.objects.filter(user=person).count() == 1


class TestARoleWithALastDay:
    def test_counts_on_that_day_and_not_after_it(self, operator, person):
        today = timezone.localdate()
        assert roles.holds(given(person, operator, until=today), Role.REVIEWER)

        RoleGrant.objects.update(until=today - timedelta(days=1))

        assert not roles.holds(User.objects.get(pk=person.pk), Role.REVIEWER)

    def test_is_taken_back_by_the_clock_with_an_entry(self, operator, person):
        given(person, operator, Role.EDITOR, until=timezone.localdate())
        RoleGrant.objects.update(until=timezone.localdate() - timedelta(days=1))

        tasks.end_roles.call()
        tasks.end_roles.call()

        assert not User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")
        assert StaffEntry.objects.filter(user=person, deed="ended").count() == 1


class TestTaking:
    def test_shuts_the_door_at_once(self, browser, operator, person):
        given(person, operator)
        hers = Client()
        hers.force_login(person)
        assert hers.get("/dashboard/listings/").status_code == 200

        browser.post(
            reverse("dashboard:staff-take", args=[person.pk]), {"role": "reviewer", "area": "", "reason": "离职"}
        )

        assert hers.get("/dashboard/listings/").status_code == 403
        assert StaffEntry.objects.filter(user=person, deed="taken", reason="离职").exists()

    @pytest.mark.parametrize("role", ["\x00", "", "9" * 300], ids=["NUL", "nothing", "long"])
    def test_of_a_role_nobody_can_have_is_refused_with_words(self, browser, person, role):
        taken = reverse("dashboard:staff-take", args=[person.pk])

        answer = browser.post(taken, {"role": role, "area": "", "reason": "样例"}, follow=True)

        assert answer.status_code == 200 and list(answer.context["messages"])
        assert not StaffEntry.objects.filter(user=person).exists()

    @pytest.mark.parametrize(
        "typed", [{"reason": ""}, {"role": "finance"}, {"role": "nonsense"}, {"area": "23"}], ids=str
    )
    def test_needs_a_reason_and_a_role_she_holds(self, browser, operator, person, typed):
        given(person, operator)

        browser.post(
            reverse("dashboard:staff-take", args=[person.pk]),
            {"role": "reviewer", "area": "", "reason": "样例"} | typed,
        )

        assert person.role_grants.count() == 1


class TestTheList:
    def test_shows_who_holds_what_and_finds_who_is_to(self, browser, operator, person):
        colleague = User.objects.create_user(mobile="13900000009", password="rice-in-autumn", nickname="示例同事")
        given(colleague, operator, Role.INCUBATOR, area=incubator.NEHE)

        shown = browser.get(LIST).content.decode()
        found = browser.get(LIST, {"q": "13900000001"}).content.decode()
        only = browser.get(LIST, {"role": OPERATOR}).content.decode()

        assert "示例同事" in shown and "讷河" in shown and "示例新人" not in shown
        assert "示例新人" in found
        assert "示例同事" not in only and "示例运营甲" in only

    def test_asks_as_often_for_ten_as_for_one(self, browser, operator, django_assert_max_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def counted():
            with CaptureQueriesContext(
                connection,
            ) as asked:
                browser.get(LIST)
            return len(asked)

        counted()
        one = counted()
        for n in range(10):
            given(User.objects.create_user(mobile=f"1390000010{n}", password="x"), operator)

        assert counted() == one

    def test_is_exported_without_whole_numbers(self, browser, operator, person):
        given(person, operator)

        table = browser.get(reverse("dashboard:staff-export")).content.decode("utf-8-sig")

        assert "示例新人" in table and "139****0001" in table and "13900000001" not in table
        assert AuditEntry.objects.filter(action="staff.exported").exists()


class TestTheSecondStep:
    def test_is_reset_by_another_operator_only(self, browser, operator, person):
        given(person, operator)
        Authenticator.objects.create(user=person, secret="00" * 20, name="app", made_at=timezone.now())

        browser.post(reverse("dashboard:staff-second-step", args=[person.pk]), {"reason": "手机丢了"})
        browser.post(reverse("dashboard:staff-second-step", args=[operator.pk]), {"reason": "手机丢了"})

        assert second_factor.of(person) is None
        assert not StaffEntry.objects.filter(user=operator).exists()
        assert StaffEntry.objects.get(deed="second").reason == "手机丢了"


class TestFinance:
    def test_opens_the_rooms_of_money_and_no_other(self, operator, person):
        client = Client()
        client.force_login(given(person, operator, Role.FINANCE))

        assert client.get(reverse("dashboard:money-payouts")).status_code == 200
        assert client.get(reverse("dashboard:order-list")).status_code == 403
        assert client.get(LIST).status_code == 403


class TestAPlace:
    @pytest.mark.parametrize("typed", ["讷河市", "讷河", "黑龙江省齐齐哈尔市讷河市", "230281", " 230281 ", "Nehe"])
    def test_is_read_as_people_name_it(self, typed):
        assert places.read(typed) == "230281"

    def test_of_several_is_asked_for_by_digits(self):
        with pytest.raises(places.NoSuchPlace, match="110105"):
            places.read("朝阳区")
