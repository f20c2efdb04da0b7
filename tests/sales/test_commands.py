"""The commands of the contract."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from incubator.sales.models import ChannelAccount, ImportState, SalesImport
from tests import channels

pytestmark = pytest.mark.django_db


def run(command, *arguments, tmp_path):
    """The command's JSON and its exit status."""
    out = tmp_path / "out.json"
    status = 0
    try:
        call_command(command, *map(str, arguments), "--json", str(out), stdout=io.StringIO(), stderr=io.StringIO())
    except SystemExit as leaving:
        status = leaving.code
    return json.loads(out.read_text("utf-8")), status


TAOBAO = ("--channel", "taobao", "--account", "试店")


def import_sales(*files, tmp_path, channel="taobao", more=()):
    return run("import_sales", "--channel", channel, "--account", "试店", *more, *files, tmp_path=tmp_path)


class TestImportSales:
    def test_tells_of_each_file(self, tmp_path):
        told, status = import_sales(
            channels.FILES / "taobao-orders.csv", channels.FILES / "taobao-items.csv", tmp_path=tmp_path
        )

        assert status == 0
        assert told["files"][0] == {
            "name": "taobao-orders.csv",
            "read": 16, "new": 16, "updated": 0, "unchanged": 0, "refused": 0, "waiting": 0, "errors": [],
        }  # fmt: skip
        assert told["files"][1]["waiting"] == 3

    def test_lists_refused_rows_and_ends_well(self, tmp_path):
        file = tmp_path / "group.csv"
        file.write_text("日期,商品,数量,金额\n2026-10-01,米,1,一块\n", "utf-8")

        told, status = import_sales(file, tmp_path=tmp_path, channel="wechat")

        assert status == 0
        assert told["files"][0]["errors"] == [{"row": 2, "why": "“金额”中的“一块”不是金额。"}]

    def test_ends_with_2_for_a_file_it_cannot_read_and_still_takes_the_others(self, tmp_path):
        told, status = import_sales(tmp_path / "none.csv", channels.FILES / "taobao-items.csv", tmp_path=tmp_path)

        assert status == 2
        assert [file["read"] for file in told["files"]] == [0, 24]
        assert told["files"][0]["errors"][0]["why"]

    def test_tries_without_making_an_account(self, tmp_path):
        told, status = import_sales(channels.FILES / "taobao-items.csv", tmp_path=tmp_path, more=["--dry-run"])

        assert (status, told["files"][0]["new"]) == (0, 24)
        assert not ChannelAccount.objects.exists()

    def test_takes_files_back_and_in_again(self, tmp_path):
        files = [channels.FILES / name for name in ("taobao-orders.csv", "taobao-items.csv", "taobao-orders-later.csv")]
        import_sales(*files, tmp_path=tmp_path)
        told, _status = run("sales_report", tmp_path=tmp_path)

        call_command("import_sales", *map(str, files[1:]), *TAOBAO, "--undo", stdout=(said := io.StringIO()))
        assert run("sales_report", tmp_path=tmp_path)[0]["totals"]["all"]["orders"] == 0
        assert "taobao-items.csv: import" in said.getvalue()
        import_sales(*reversed(files[1:]), tmp_path=tmp_path)

        assert run("sales_report", tmp_path=tmp_path)[0]["totals"] == told["totals"]

    @pytest.mark.parametrize("beside", [["--dry-run"], ["--json", "out.json"]])
    def test_takes_nothing_back_beside_what_it_cannot_do(self, tmp_path, beside):
        file = channels.FILES / "taobao-items.csv"
        import_sales(file, tmp_path=tmp_path)

        with pytest.raises(CommandError):
            call_command("import_sales", str(file), *TAOBAO, "--undo", *beside)

        assert SalesImport.objects.get().state == ImportState.DONE

    def test_ends_with_2_where_there_is_nothing_to_take_back(self, tmp_path):
        with pytest.raises(SystemExit) as leaving:
            call_command("import_sales", "none.csv", *TAOBAO, "--undo", stderr=io.StringIO())

        assert leaving.value.code == 2


class TestSalesReport:
    def test_has_the_form_of_the_example(self, tmp_path):
        channels.bring(*channels.CHANNEL_OF)

        told, _status = run("sales_report", tmp_path=tmp_path)

        assert channels.numbers(told["totals"]) == channels.numbers(channels.EXPECTED)
        assert told["totals"]["taobao"].keys() == channels.EXPECTED["taobao"].keys()

    def test_may_be_narrowed(self, tmp_path):
        channels.bring("pinduoduo.csv", "douyin.csv")

        told, _status = run("sales_report", "--channel", "douyin", tmp_path=tmp_path)

        assert set(told["totals"]) == {"douyin", "all"}

    def test_of_nothing_is_nothing(self, tmp_path):
        told, _status = run("sales_report", tmp_path=tmp_path)

        assert told["totals"] == {
            "all": {"orders": 0, "lines": 0, "kg": "0", "gross": "0.00", "refunded": "0.00", "net": "0.00"}
        }
