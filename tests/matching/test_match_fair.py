"""`match_fair` on the fair of 46 products and 35 partners, as its two spreadsheets come."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from incubator.matching.engine.feasibility import CODES

FAIR = Path(__file__).parents[1] / "data/fair"
SHEETS = [str(FAIR / "products.csv"), str(FAIR / "partners.csv")]
KEPT = "P00001:E00001"


def run(*options, sheets=SHEETS):
    """What the command wrote, as data."""
    out = StringIO()
    call_command("match_fair", *sheets, "--json", "-", *options, stdout=out)
    return json.loads(out.getvalue())


def refusal(*options, sheets=SHEETS):
    """The words of a run that was refused."""
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("match_fair", *sheets, *options, stderr=said)
    assert ended.value.code == 2
    return said.getvalue()


def test_a_market_of_the_same_spreadsheets_is_worth_as_much(fair):
    out = StringIO()
    call_command("match_market", *SHEETS, "--json", "-", "--pin", KEPT, stdout=out)

    market = json.loads(out.getvalue())

    assert market["covered"] == fair["covered"] and market["objective"] == market["bound"] == market["ceiling"]
    assert market["sum_score"] == pytest.approx(fair["sum_score"]) and len(market["pairs"]) >= 46


@pytest.fixture(scope="module")
def fair():
    """In Chinese, whatever language the last page of another module was read in."""
    with translation.override(settings.LANGUAGE_CODE):
        return run("--pin", KEPT)


class TestTheFair:
    def test_has_an_answer_for_every_pair_once(self, fair):
        ids = {(pair["product"], pair["partner"]) for pair in fair["pairs"]}

        assert len(fair["pairs"]) == len(ids) == 46 * 35
        assert all(pair["why"] for pair in fair["pairs"])

    def test_finds_the_possible_pairs_and_every_rule_at_work(self, fair):
        assert sum(pair["feasible"] for pair in fair["pairs"]) == 250
        assert {code for pair in fair["pairs"] for code in pair["reasons"]} == set(CODES)
        assert all(pair["reasons"] == sorted(pair["reasons"], key=CODES.index) for pair in fair["pairs"])

    def test_sends_nobody_home_without_a_meeting(self, fair):
        chosen = [pair for pair in fair["pairs"] if pair["chosen"]]

        assert fair["covered"] == {"products": 46, "partners": 35}
        assert len({pair["product"] for pair in chosen}) == 46 and len({pair["partner"] for pair in chosen}) == 35

    def test_keeps_within_the_slots_of_both_sides(self, fair):
        for side in ("product", "partner"):
            for each in fair[f"{side}s"]:
                load = sum(pair["chosen"] for pair in fair["pairs"] if pair[side] == each["id"])
                assert 0 < load <= each["capacity"]

    def test_is_proved_the_best(self, fair):
        assert fair["objective"] == fair["bound"]

    def test_keeps_the_pinned_pair(self, fair):
        pinned = [pair for pair in fair["pairs"] if pair["pinned"]]

        assert [f"{pair['product']}:{pair['partner']}" for pair in pinned] == [KEPT] and pinned[0]["chosen"]

    def test_comes_out_the_same_twice(self, fair):
        assert run("--pin", KEPT) | {"seconds": 0} == fair | {"seconds": 0}

    def test_tells_nobody_another_ones_floor_price_or_weakness(self, fair):
        floors = {line.split(",")[9] for line in (FAIR / "products.csv").read_text("utf-8-sig").splitlines()[1:]}
        words = " ".join(pair["why"] for pair in fair["pairs"])

        assert not [floor for floor in floors if "." in floor and floor in words]
        assert "薄弱" not in words and "重点帮扶" not in words


class TestPinsAndBans:
    def test_a_banned_pair_is_not_chosen_and_says_so(self):
        pair = next(p for p in run("--ban", KEPT)["pairs"] if f"{p['product']}:{p['partner']}" == KEPT)

        assert pair["reasons"] == ["banned"] and not pair["feasible"] and not pair["chosen"]

    def test_an_impossible_pin_is_refused_with_words(self):
        assert "类目不符" in refusal("--pin", "P00001:E00002")

    def test_an_impossible_pin_is_kept_with_a_reason(self):
        report = run("--pin", "P00001:E00002", "--pin-reason", "2016 年已有合作意向")

        pair = next(p for p in report["pairs"] if p["pinned"])
        assert pair["chosen"] and pair["score"] is None and pair["reasons"]
        assert report["objective"] == report["bound"]

    @pytest.mark.parametrize(
        "options",
        [
            ["--pin", "P00001:E99999"],
            ["--pin", "P00001"],
            ["--pin", KEPT, "--ban", KEPT],
            ["--pin", KEPT, "P00001:E00003"],
            ["--weights", "v99"],
        ],
        ids=["nobody", "no pair", "pinned and banned", "more pins than slots", "unknown weights"],
    )
    def test_what_cannot_be_is_refused(self, options):
        assert refusal(*options).strip()


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (None, "打不开"),
            (b"", ""),
            (b"\x00\x01\x02", "缺少列"),
            ("编号,产品\nP1,米\n".encode(), "缺少列"),
        ],
        ids=["missing", "empty", "noise", "another table"],
    )
    def test_that_are_no_fair_are_refused(self, tmp_path, content, said):
        file = tmp_path / "products.csv"
        if content is not None:
            file.write_bytes(content)

        assert said in refusal(sheets=[str(file), SHEETS[1]])

    def test_with_wrong_cells_name_their_rows(self, tmp_path):
        file = tmp_path / "products.csv"
        file.write_text((FAIR / "products.csv").read_text("utf-8-sig").replace("120.0,10,9", "很多,13,9", 1), "utf-8")

        assert "第 2 行" in refusal(sheets=[str(file), SHEETS[1]])

    def test_may_be_in_gb18030(self, tmp_path, fair):
        files = []
        for sheet in SHEETS:
            files.append(tmp_path / Path(sheet).name)
            files[-1].write_bytes(Path(sheet).read_text("utf-8-sig").encode("gb18030"))

        assert run("--pin", KEPT, sheets=[str(file) for file in files])["pairs"] == fair["pairs"]


def test_the_engine_needs_no_django():
    engine = "import sys, incubator.matching.engine.match; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", engine], cwd=FAIR.parents[2], check=False).returncode == 0
