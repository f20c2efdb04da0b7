"""A file nobody has seen before: staff say once which column is which, and the account remembers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from incubator.sales.models import ChannelAccount, SaleFact
from tests import incubator

pytestmark = pytest.mark.django_db
FILE = "Sold,Thing,How many,Paid,Stand\n03/04/2026,大米 5kg,2,119.80,fertig\n05/04/2026,大米 5kg,1 Sack,59.90,fertig\n".encode()
LESSON = {
    "column-0": "日期",
    "column-1": "商品",
    "column-2": "数量",
    "column-3": "金额",
    "column-4": "订单状态",
    "day_order": "dmy",
}


@pytest.fixture
def desk(client):
    client.force_login(incubator.staff())
    return client


def bring(desk, data=FILE, name="小店"):
    file = SimpleUploadedFile("shop.csv", data, "text/csv")
    form = {"channel": "other", "name": name, "area": incubator.QIQIHAR, "file": file}
    return desk.post(reverse("incubator:sales:bring"), form)


def teach(desk, page, lesson):
    """What the browser sends back, with the answers."""
    asked = page.context["lesson"].asked
    form = {"token": page.context["token"], **page.context["chosen"], **lesson}
    form |= {"asked_header": asked["column"], "asked_state": asked["state"], "asked_unit": asked["unit"]}
    form.pop("file", None)
    return desk.post(reverse("incubator:sales:teach"), form)


def test_an_unknown_header_says_so_and_offers_the_mapping(desk):
    page = bring(desk)

    assert page.context["lesson"].asked["column"] == ["Sold", "Thing", "How many", "Paid", "Stand"]
    assert "日期" in page.content.decode() and "设置列对应" in page.content.decode()


def test_columns_states_days_and_units_are_taught_step_by_step_and_the_next_file_is_read_at_once(desk):
    page = teach(desk, bring(desk), LESSON)
    assert page.context["lesson"].asked["state"] == ["fertig"] and page.context["preview"].outcome.refused == 2
    page = teach(desk, page, {"state-0": "40", "day_order": "dmy"})
    assert page.context["lesson"].asked["unit"] == ["Sack"] and page.context["preview"].outcome.new == 1
    page = teach(desk, page, {"unit-0": "袋", "day_order": "dmy"})
    assert page.context["preview"].outcome.new == 2 and "lesson" not in page.context

    chosen = {key: value for key, value in page.context["chosen"].items() if key != "file"}
    desk.post(reverse("incubator:sales:take-in"), chosen | {"token": page.context["token"]})
    again = bring(desk)

    account = ChannelAccount.objects.get()
    assert (account.columns["Sold"], account.states, account.units, account.day_order) == (
        "日期",
        {"fertig": 40},
        {"Sack": "袋"},
        "dmy",
    )
    assert sorted(str(day) for day in SaleFact.objects.values_list("sold_on", flat=True)) == [
        "2026-04-03",
        "2026-04-05",
    ]
    assert again.context["preview"].outcome.unchanged == 2


def test_two_columns_cannot_be_the_same(desk):
    page = teach(desk, bring(desk), LESSON | {"column-1": "日期"})

    assert page.context["lesson"].errors and ChannelAccount.objects.get().columns == {}


def test_a_mapping_that_leaves_out_what_is_needed_asks_again(desk):
    page = teach(desk, bring(desk), LESSON | {"column-3": ""})

    assert page.context["lesson"].fields["column-0"].initial == "日期" and "preview" not in page.context


def test_another_accounts_files_are_read_as_before(desk):
    teach(desk, bring(desk), LESSON)

    assert bring(desk, name="另一家").context["lesson"].fields["column-0"].initial == ""


def test_staff_see_what_was_taught_and_make_the_account_forget_it(desk):
    teach(desk, bring(desk), LESSON)
    account = ChannelAccount.objects.get()

    page = desk.get(reverse("incubator:sales:accounts")).content.decode()
    desk.post(reverse("incubator:sales:forget", args=[account.pk]))

    account.refresh_from_db()
    assert "Sold → 日期" in page and account.columns == {}


def test_staff_of_another_county_teach_nothing(desk, client):
    page = bring(desk)
    ChannelAccount.objects.create(channel="other", name="小店", area=incubator.QIQIHAR)
    client.force_login(incubator.staff(incubator.WUCHANG, "0099"))

    teach(client, page, LESSON | {"area": incubator.WUCHANG})

    assert ChannelAccount.objects.get().columns == {}


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-04-03"), ("mdy", "2026-03-04")])
def test_days_are_read_in_the_order_that_was_taught(order, day):
    from incubator.sales.reading import cells

    assert cells.day("03/04/2026", "日期", order) == day and cells.day("2026-04-03", "日期", order) == "2026-04-03"
