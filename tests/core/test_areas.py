"""The division table as the rest of the product sees it."""

import json

import pytest

from marketplace.core import areas
from marketplace.core.areas import Level, UnknownArea
from marketplace.core.areas.build import convert, dumps
from marketplace.core.areas.gazetteer import TABLE, gazetteer
from marketplace.core.areas.renamed import RENAMED


def everything_below(code=None):
    for area in areas.children(code):
        yield area
        yield from everything_below(area.code)


class TestTable:
    def test_holds_the_published_number_of_areas_and_taiwan(self):
        levels = [area.level for area in everything_below()]

        counts = {level: levels.count(level) for level in Level}

        assert counts == {Level.PROVINCE: 34, Level.CITY: 333, Level.COUNTY: 2845, Level.TOWNSHIP: 38723}

    def test_names_its_source_and_date(self):
        source = areas.source()

        assert source["as_of"] == "2025-12-31"
        assert source["page"].startswith("https://dmfw.mca.gov.cn/")

    def test_stays_small_enough_to_live_in_the_repository(self):
        assert TABLE.stat().st_size <= 700_000

    def test_keeps_the_licence_of_the_package_it_came_from(self):
        notice = TABLE.with_name("NOTICE").read_text(encoding="utf-8")

        assert "Copyright (c) 2022 Ginkgoty" in notice
        assert "MIT License" in notice

    def test_is_what_the_build_script_writes(self):
        metadata = {
            "authority": "ministry",
            "source_page": "page",
            "source_table": "table",
            "data_as_of": "2025-12-31",
            "retrieved_at": "2026-08-25",
            "source_sha256": "0",
        }
        published = [
            [1, "460000", "", "海南省"],
            [2, "460400", "460000", "儋州市"],
            [3, "469001", "460000", "五指山市"],
            [4, "460400100", "460400", "那大镇"],
            [4, "460400101", "460400", "和庆镇"],
        ]

        table = json.loads(dumps(convert({"metadata": metadata, "divisions": published})))

        assert table["areas"] == [
            ["460000", "海南省"],
            ["460400", "儋州市", "100那大镇 101和庆镇"],
            ["469001", "五指山市"],
            ["710000", "台湾省"],
        ]

    def test_refuses_an_edition_whose_codes_do_not_tell_the_parent(self):
        strange = [[1, "460000", "", "海南省"], [3, "469001", "110000", "五指山市"]]

        with pytest.raises(ValueError, match="469001"):
            convert({"metadata": {}, "divisions": strange})


class TestGet:
    @pytest.mark.parametrize(
        ("code", "name", "level"),
        [
            ("230000", "黑龙江省", Level.PROVINCE),
            ("23", "黑龙江省", Level.PROVINCE),
            ("2302", "齐齐哈尔市", Level.CITY),
            ("230281", "讷河市", Level.COUNTY),
            ("230281104", "龙河镇", Level.TOWNSHIP),
            ("71", "台湾省", Level.PROVINCE),
            ("810000", "香港特别行政区", Level.PROVINCE),
        ],
    )
    def test_knows_codes_of_every_length(self, code, name, level):
        area = areas.get(code)

        assert (area.name, area.level) == (name, level)

    @pytest.mark.parametrize("code", ["", "99", "230299", "230281999", "2302810", "讷河市", "230281104000", "-1"])
    def test_refuses_what_is_not_in_the_table(self, code):
        with pytest.raises(UnknownArea):
            areas.get(code)

    @pytest.mark.parametrize("former", RENAMED, ids=lambda former: RENAMED[former].then)
    def test_follows_a_former_code_to_the_county_of_today(self, former):
        today = areas.get(former)

        assert today.code == RENAMED[former].now
        assert today.level is Level.COUNTY
        assert former not in {area.code for area in areas.children(today.parent_code)}

    def test_finds_the_townships_of_a_former_code(self):
        assert areas.get("450127100") == areas.get("450181100")


class TestTree:
    @pytest.mark.parametrize(
        ("code", "names"),
        [
            pytest.param("230281104", "黑龙江省 齐齐哈尔市 讷河市 龙河镇", id="all four levels"),
            pytest.param("110117", "北京市 平谷区", id="municipality without cities"),
            pytest.param("441900103", "广东省 东莞市 茶山镇", id="city without counties"),
            pytest.param("429004", "湖北省 仙桃市", id="county straight under its province"),
            pytest.param("659001", "新疆维吾尔自治区 石河子市", id="county straight under its region"),
            pytest.param("710000", "台湾省", id="province alone"),
        ],
    )
    def test_path_skips_levels_that_do_not_exist(self, code, names):
        assert [area.name for area in areas.path(code)] == names.split()

    @pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200"], ids=["东莞", "中山", "儋州", "嘉峪关"])
    def test_some_cities_have_townships_straight_below(self, code):
        assert {area.level for area in areas.children(code)} == {Level.TOWNSHIP}

    def test_some_cities_have_counties_and_townships_side_by_side(self):
        assert {area.level for area in areas.children("232700")} == {Level.COUNTY, Level.TOWNSHIP}

    def test_nothing_is_below_a_township(self):
        assert areas.children("230281104") == ()

    def test_every_area_stands_below_its_parent(self):
        for area in everything_below():
            if area.parent_code:
                assert area.code.startswith(areas.get(area.parent_code).code.rstrip("0"))

    def test_is_within_holds_for_itself_and_everything_above(self):
        assert areas.is_within("230281104", "230281104")
        assert areas.is_within("230281104", "23")
        assert not areas.is_within("23", "230281104")
        assert not areas.is_within("110105", "220100")

    def test_province_is_the_first_two_digits(self):
        assert areas.province_of("659001").code == "650000"

    def test_common_ancestor_is_the_smallest_area_around_all(self):
        def ancestor(*codes):
            return areas.common_ancestor([areas.get(code) for code in codes])

        assert ancestor("230281", "230225").name == "齐齐哈尔市"
        assert ancestor("230281", "230281104").name == "讷河市"
        assert ancestor("110105", "220104") is None
        assert ancestor() is None

    def test_picker_tree_nests_code_name_and_children(self):
        tree = areas.picker_tree("46")

        branches = {name: (code, below) for code, name, below in tree}
        assert branches["儋州市"] == ("460400", [[code, name, []] for code, name, _ in branches["儋州市"][1]])
        assert ["469001100", "通什镇", []] in branches["五指山市"][1]
        assert json.loads(json.dumps(tree)) == tree


class TestNames:
    @pytest.mark.parametrize(
        ("code", "short"),
        [
            ("230000", "黑龙江"),
            ("230200", "齐齐哈尔"),
            ("150000", "内蒙古"),
            ("652800", "巴音郭楞"),
            ("810000", "香港"),
            ("140430", "沁县"),
            ("140302", "城区"),
            ("310115", "浦东"),
            ("441803", "清新"),
            ("429021", "神农架"),
            ("140109", "万柏林"),
            ("622926", "东乡"),
            ("150723", "鄂伦春"),
            ("460000", "海南"),
            ("632500", "海南"),
            ("530925", "双江"),
            ("522300", "黔西南"),
            ("653131", "塔什库尔干"),
            ("520203", "六枝"),
        ],
    )
    def test_short_name_is_what_people_say(self, code, short):
        assert areas.get(code).short_name == short

    def test_short_names_have_two_characters_at_least(self):
        assert all(len(area.short_name) >= 2 for area in everything_below())

    @pytest.mark.parametrize(
        ("code", "english"),
        [
            ("230281", "Nehe"),
            ("230000", "Heilongjiang"),
            ("610000", "Shaanxi"),
            ("140000", "Shanxi"),
            ("150000", "Inner Mongolia"),
            ("540000", "Xizang"),
            ("230100", "Harbin"),
            ("230200", "Qiqihar"),
            ("150100", "Hohhot"),
            ("650100", "Urumqi"),
            ("341500", "Lu'an"),
            ("140430", "Qinxian"),
            ("371722", "Shanxian"),
            ("510682", "Shifang"),
            ("140428", "Zhangzi"),
            ("410783", "Changyuan"),
            ("141100", "Lüliang"),
            ("510117", "Pidu"),
        ],
    )
    def test_english_name_is_the_customary_one(self, code, english):
        assert areas.get(code).name_en == english

    def test_full_name_reads_from_large_to_small_in_chinese(self):
        assert areas.full_name("230281") == "黑龙江省齐齐哈尔市讷河市"
        assert areas.full_name("230281", sep=" ") == "黑龙江省 齐齐哈尔市 讷河市"

    def test_full_name_reads_from_small_to_large_in_english(self):
        assert areas.full_name("230281", language="en") == "Nehe, Qiqihar, Heilongjiang"

    def test_every_area_has_an_english_name(self):
        assert all(area.name_en for area in everything_below())


def test_the_table_is_read_once():
    assert gazetteer() is gazetteer()
