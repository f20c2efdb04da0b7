"""Pages of sales: figures, files, and what counts for nothing yet."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incubator.sales.forms import FiguresSift
from incubator.sales.models import ChannelAccount, SaleFact, SalesImport
from tests import channels, deals, incubator

MOST_SQL = 15
pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
TODAY = timezone.localdate()


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def bring(desk, name="pinduoduo.csv", channel="pinduoduo", shop="示例店", area=incubator.NEHE):
    file = SimpleUploadedFile(name, (channels.FILES / name).read_bytes())
    form = {"channel": channel, "name": shop, "area": area, "file": file}
    return desk.post(reverse("incubator:sales:bring"), form)


def take_in(desk, page, **changes):
    form = {name: page.context["chosen"][name] for name in ("channel", "name", "area")}
    form |= {"token": page.context["preview"].token}
    return desk.post(reverse("incubator:sales:take-in"), form | changes, follow=True)


class TestFiles:
    def test_are_looked_at_before_anything_is_saved(self, desk):
        page = bring(desk)

        assert page.context["preview"].outcome.new > 0
        assert not SalesImport.objects.exists() and not ChannelAccount.objects.exists()

    def test_are_taken_in_once_however_often_one_presses(self, desk):
        page = bring(desk)
        take_in(desk, page)
        facts = SaleFact.objects.count()
        again = take_in(desk, page)

        assert SalesImport.objects.count() == 1 and SaleFact.objects.count() == facts > 0
        assert ChannelAccount.objects.get().area == incubator.NEHE and "已经导入" in again.content.decode()

    def test_that_another_account_brought_say_so_before_and_after(self, desk):
        take_in(desk, bring(desk))
        page = bring(desk, shop="另一家")
        done = take_in(desk, page).context["run"]

        pages = [reverse("incubator:sales:import", args=[done.pk]), reverse("incubator:sales:imports")]
        shown, listed = (desk.get("/en" + page).content.decode() for page in pages)
        assert page.context["preview"].outcome.elsewhere == done.elsewhere == done.new > 1
        assert (
            f"Of the new rows, {done.new} are on the list of another account" in shown
            and f"{done.new} on another list" in listed
        )

    def test_name_the_rows_they_refuse(self, desk):
        text = (channels.FILES / "pinduoduo.csv").read_text("utf-8-sig")
        first = text.splitlines()[1].split(",")[0]
        file = SimpleUploadedFile("p.csv", text.replace(first, "1.23E+17", 1).encode())
        form = {"channel": "pinduoduo", "name": "示例店", "area": incubator.NEHE, "file": file}

        page = desk.post(reverse("incubator:sales:bring"), form)

        assert [error["row"] for error in page.context["errors"]][:1] == [2]

    def test_that_cannot_be_read_say_why_and_lose_nothing(self, desk):
        form = {"channel": "taobao", "name": "示例店", "area": incubator.NEHE}

        page = desk.post(reverse("incubator:sales:bring"), form | {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})

        shown = page.content.decode()
        assert 'value="示例店"' in shown and shown.index("设置列对应") < shown.index("<select")
        assert page.context["looks_like"] is None

    def test_of_another_channel_are_known_by_their_headers_and_looked_at_as_such(self, desk):
        page = bring(desk, channel="taobao")
        form = {name: page.context["chosen"][name] for name in ("channel", "name", "area")}
        form |= {"token": page.context["token"], "instead": "pinduoduo"}

        again = desk.post(reverse("incubator:sales:bring-as"), form)
        stale = desk.post(reverse("incubator:sales:bring-as"), form | {"instead": "moon"})

        assert page.context["looks_like"] == "pinduoduo" and 'value="pinduoduo"' in page.content.decode()
        assert again.context["preview"].outcome.new > 0 and again.context["chosen"]["channel"] == "pinduoduo"
        assert stale.status_code == 302 and take_in(desk, again).context["run"].account.channel == "pinduoduo"

    def test_go_to_the_worker_when_they_are_large(
        self, desk, settings, monkeypatch, django_capture_on_commit_callbacks
    ):
        monkeypatch.setattr("incubator.sales.uploads.AT_ONCE_BYTES", 10)
        with django_capture_on_commit_callbacks(execute=True):
            page = take_in(desk, bring(desk))

        assert "正在读取" in page.content.decode() and SalesImport.objects.get().state == "done"

    def test_are_taken_back(self, desk):
        take_in(desk, bring(desk))
        run = SalesImport.objects.get()
        for _press in range(2):
            page = desk.post(reverse("incubator:sales:undo", args=[run.pk]), follow=True)

        assert page.status_code == 200 and not SaleFact.objects.current().exists()

    def test_of_an_account_elsewhere_are_refused(self, desk):
        deals.account("示例店", "pinduoduo", area=incubator.WUCHANG)

        page = bring(desk)

        assert (
            "preview" not in page.context and "其他地区" in page.content.decode() and not SalesImport.objects.exists()
        )


class TestFigures:
    def test_are_those_of_the_report(self, desk, staff):
        take_in(desk, bring(desk))

        page = desk.get(reverse("incubator:sales:figures"), {"since": "2020-01-01"})

        expected = channels.expected("pinduoduo")["pinduoduo"]
        figures = page.context["figures"]
        whole = figures.whole
        assert (whole.net, whole.orders) == (expected["net"], expected["orders"])
        for rows in (figures.channels, figures.counties, figures.products):
            assert sum(row.net for row in rows) == whole.net
        assert [row.key for row in figures.counties] == [incubator.NEHE]

    def test_are_drawn_week_by_week_and_add_up(self, desk):
        deals.sale(1, on=TODAY, fen=5000)
        deals.sale(2, on=TODAY - timedelta(weeks=3), fen=10_000)

        page = desk.get(reverse("incubator:sales:figures"))

        bars = page.context["figures"].weeks
        assert sum(bar.sums.net_fen for bar in bars) == 15_000 and max(bar.height for bar in bars) == 100
        assert "<svg" in page.content.decode()

    def test_come_by_cooperative_where_they_count_for_an_agreement(self, desk, staff):
        made = deals.agreement(by=staff, begins_on=TODAY - timedelta(days=60), ends_on=TODAY)
        deals.counted(made)
        deals.signed(made, staff, incubator.staff(ending="0008"), on=TODAY)
        deals.sale(1, on=TODAY, fen=5000)
        deals.sale(2, on=TODAY, fen=700, code="B-2")

        page = desk.get(reverse("incubator:sales:figures"))

        figures = page.context["figures"]
        assert [(row.name, row.net_fen) for row in figures.cooperatives] == [("甘南绿沃合作社", 5000)]
        assert figures.rest.net_fen == 700

    @BOTH
    @pytest.mark.parametrize("asked", [{}, {"since": "x"}, {"since": "2026-05-01", "until": "2026-04-01"}])
    def test_open_whatever_is_asked(self, desk, prefix, asked):
        assert desk.get(f"{prefix}/incubator/sales/", asked).status_code == 200

    def test_are_of_ones_places_only(self, client):
        deals.sale(1, on=TODAY)
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        assert client.get(reverse("incubator:sales:figures")).context["figures"].whole.orders == 0

    def test_go_home_as_a_workbook(self, desk):
        assert desk.get(reverse("incubator:sales:export")).content[:2] == b"PK"

    def test_cost_the_same_queries_however_much_was_sold(self, desk, staff):
        def queries(path):
            with CaptureQueriesContext(connection) as captured:
                desk.get(path)
            return len(captured)

        names = ("figures", "unattributed", "imports", "value", "stalled")
        paths = [reverse("incubator:today"), *(reverse(f"incubator:sales:{name}") for name in names)]
        deals.sale(0, on=TODAY)
        deals.account().imports.create(file_name="a.csv", digest="-", state="done", started_at=timezone.now())
        queries(paths[0])  # what frames every page is kept from here on
        one = [queries(path) for path in paths]
        for number in range(1, 10):
            deals.sale(number, on=TODAY - timedelta(days=number), code=f"C-{number}")
            deals.account(f"店 {number}").imports.create(
                file_name="a.csv", digest="-", state="done", started_at=timezone.now()
            )

        assert [queries(path) for path in paths] == one and max(one) <= MOST_SQL


class TestWhatCountsForNothing:
    def test_is_worked_off(self, desk, staff):
        made = deals.agreement(by=staff, begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
        deals.signed(made, staff, incubator.staff(ending="0008"))
        deals.sale(1, on=date(2026, 5, 1))
        address = reverse("incubator:sales:unattributed")
        before = desk.get(address).context["rows"]

        form = {"account": deals.account().pk, "code": "A-1", "agreement": made.pk}
        for _press in range(2):
            desk.post(reverse("incubator:sales:attribute"), form)

        assert [row["code"] for row in before] == ["A-1"] and not desk.get(address).context["rows"]

    def test_counts_for_nothing_until_an_agreement_is_chosen(self, desk, staff):
        for goods in ("黄花菜", "马铃薯", "大米"):
            made = deals.agreement(by=staff, goods=goods)
            deals.signed(made, staff, incubator.staff(ending=f"001{made.pk % 10}"))
        deals.sale(1, on=date(2026, 5, 1))

        form = {"account": deals.account().pk, "code": "A-1", "agreement": ""}
        page = desk.post("/en" + reverse("incubator:sales:attribute"), form, follow=True)

        (row,) = page.context["rows"]
        assert row["agreements"][0].goods == "大米" and '<option value="">' in page.content.decode()
        assert "Choose the agreement these sales count for." in page.content.decode()

    def test_for_want_of_a_code_says_so_and_what_to_do(self, desk, staff):
        made = deals.agreement(by=staff)
        deals.signed(made, staff, incubator.staff(ending="0008"))
        deals.sale(1, on=date(2026, 5, 1), code="")

        page = desk.get("/en" + reverse("incubator:sales:unattributed")).content.decode()

        assert "Without a code these sales cannot count" in page and "<select" not in page.split("<tbody>")[1]

    def test_does_not_count_for_an_agreement_of_another_county(self, client, staff):
        made = deals.agreement(by=staff)
        deals.signed(made, staff, incubator.staff(ending="0008"))
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))
        form = {"account": deals.account().pk, "code": "A-1", "agreement": made.pk}

        assert client.post(reverse("incubator:sales:attribute"), form).status_code == 404


@pytest.mark.parametrize("asked", [{"since": "0001-01-01"}, {"until": "0001-01-01"}, {"until": "9999-12-31"}])
def test_days_nobody_can_reckon_from_are_answered_with_the_last_half_year(asked):
    sift = FiguresSift(asked)

    assert sift.asked == FiguresSift({}).asked and list(sift.errors) == list(asked)


class TestDays:
    def test_that_end_before_they_begin_are_named_and_stay_as_they_were_typed(self, desk):
        typed = {"since": "2026-06-02", "until": "2026-06-01", "channel": "taobao"}
        page = desk.get(reverse("incubator:sales:figures"), typed)
        shown = page.content.decode()

        assert page.context["asked"].until == TODAY and page.context["asked"].channel == "taobao"
        assert "早于开始日期" in shown and 'value="2026-06-02"' in shown and 'value="2026-06-01"' in shown

    def test_nobody_chose_begin_with_a_week_so_that_everything_on_the_page_begins_together(self, desk):
        page = desk.get(reverse("incubator:sales:figures"))

        begins = page.context["asked"].since
        assert begins == page.context["monday"] == page.context["figures"].weeks[0].week
