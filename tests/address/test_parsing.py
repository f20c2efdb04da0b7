"""Pasted addresses. The people are made up, and so are the streets."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marketplace.address.parsing import ParsedAddress, parse
from marketplace.core import areas

# text · name · mobile · place · detail
TABLE = {
    "labels, one per line": (
        "收货人：张样例\n手机号码：13800138001\n所在地区：黑龙江省齐齐哈尔市讷河市\n详细地址：通南镇红旗村3组12号",
        "张样例", "13800138001", "黑龙江省 齐齐哈尔市 讷河市 通南镇", "红旗村3组12号",
    ),
    "labels in one line": (
        "姓名:王样例 电话:138 0013 8002 地址:北京市朝阳区三里屯街道工体北路8号院",
        "王样例", "13800138002", "北京市 朝阳区 三里屯街道", "工体北路8号院",
    ),
    "labels and commas": (
        "收件人：李样品，联系电话：13800138003，收货地址：山东省济宁市金乡县鸡黍镇示例村6号",
        "李样品", "13800138003", "山东省 济宁市 金乡县 鸡黍镇", "示例村6号",
    ),
    "labels in brackets": (
        "【收货人】赵样例\n【手机号】13800138004\n【所在地区】江西省赣州市信丰县嘉定镇\n【详细地址】示例大道1号",
        "赵样例", "13800138004", "江西省 赣州市 信丰县 嘉定镇", "示例大道1号",
    ),
    "labels without colons": (
        "收件人张样例 联系电话13800138005 地址黑龙江省齐齐哈尔市龙沙区示例路5号",
        "张样例", "13800138005", "黑龙江省 齐齐哈尔市 龙沙区", "示例路5号",
    ),
    "labels glued to values": (
        "地址黑龙江省齐齐哈尔市龙沙区示例路5号邮编161000收件人张样例电话13800138006",
        "张样例", "13800138006", "黑龙江省 齐齐哈尔市 龙沙区", "示例路5号",
    ),
    "city said twice by the shop": (
        "收件人: 欧阳样例\n联系方式: 86-13800138007\n所在地区: 北京 北京市 朝阳区 三里屯街道\n"
        "详细地址: 工体北路8号院6号楼",
        "欧阳样例", "13800138007", "北京市 朝阳区 三里屯街道", "工体北路8号院6号楼",
    ),
    "region again in the detailed address": (
        "收货人：周样例\n手机：13800138008\n地区：广东省东莞市\n详细地址：广东省东莞市厚街镇体育路示例小区3栋2单元501",
        "周样例", "13800138008", "广东省 东莞市 厚街镇", "体育路示例小区3栋2单元501",
    ),
    "place holders of missing levels": (
        "吴样例 13800138009 重庆 重庆市 县 巫山县 巫峡镇 示例路9号",
        "吴样例", "13800138009", "重庆市 巫山县 巫峡镇", "示例路9号",
    ),
    "市辖区": (
        "郑样例，13800138010，天津市市辖区和平区小白楼街道示例道10号",
        "郑样例", "13800138010", "天津市 和平区 小白楼街道", "示例道10号",
    ),
    "直辖县级": (
        "冯样例 13800138011 湖北省 省直辖县级行政区划 仙桃市 沔城镇 示例村1组",
        "冯样例", "13800138011", "湖北省 仙桃市 沔城回族镇", "示例村1组",
    ),
    "one line": (
        "张样例 13800138012 黑龙江省齐齐哈尔市讷河市老莱镇示例村3组12号",
        "张样例", "13800138012", "黑龙江省 齐齐哈尔市 讷河市 老莱镇", "示例村3组12号",
    ),
    "one line with blanks everywhere": (
        "张样例 13800138013 黑龙江省 齐齐哈尔市 讷河市 老莱镇 示例村 3组",
        "张样例", "13800138013", "黑龙江省 齐齐哈尔市 讷河市 老莱镇", "示例村 3组",
    ),
    "name and number at the end": (
        "黑龙江省齐齐哈尔市讷河市通南镇红旗村3组12号 张样例 13800138014",
        "张样例", "13800138014", "黑龙江省 齐齐哈尔市 讷河市 通南镇", "红旗村3组12号",
    ),
    "number first": (
        "13800138015,王样例,广东省,东莞市,厚街镇,体育路示例小区3栋",
        "王样例", "13800138015", "广东省 东莞市 厚街镇", "体育路示例小区3栋",
    ),
    "number first, address, name last": (
        "13800138016 四川省成都市郫都区郫筒街道示例路16号 孙样例",
        "孙样例", "13800138016", "四川省 成都市 郫都区 郫筒街道", "示例路16号",
    ),
    "several lines without labels": (
        "钱样例\n13800138017\n江苏省泰州市兴化市\n安丰镇示例村17号",
        "钱样例", "13800138017", "江苏省 泰州市 兴化市 安丰镇", "示例村17号",
    ),
    "nothing between anything": (
        "张样例13800138018黑龙江省齐齐哈尔市甘南县兴十四镇示例村18号",
        "张样例", "13800138018", "黑龙江省 齐齐哈尔市 甘南县 兴十四镇", "示例村18号",
    ),
    "number, name, place glued": (
        "13800138019张样例黑龙江省齐齐哈尔市甘南县平阳镇示例村",
        "张样例", "13800138019", "黑龙江省 齐齐哈尔市 甘南县 平阳镇", "示例村",
    ),
    "name glued to the house": (
        "讷河市通南镇红旗村3组张样例13800138020",
        "张样例", "13800138020", "黑龙江省 齐齐哈尔市 讷河市 通南镇", "红旗村3组",
    ),
    "name straight after the township": (
        "甘肃省定西市安定区鲁家沟镇 王小明15900138021",
        "王小明", "15900138021", "甘肃省 定西市 安定区 鲁家沟镇", "",
    ),
    "name glued to the township": (
        "甘肃省定西市安定区鲁家沟镇王小明15900138022",
        "王小明", "15900138022", "甘肃省 定西市 安定区 鲁家沟镇", "",
    ),
    "full-width characters": (
        "李样品　１３８００１３８０２３　湖南省益阳市安化县东坪镇示例路２３号",
        "李样品", "13800138023", "湖南省 益阳市 安化县 东坪镇", "示例路23号",
    ),
    "+86 and dashes": (
        "湖北仙桃市沔城镇红花村5组 李样品 +86 138-0013-8024",
        "李样品", "13800138024", "湖北省 仙桃市 沔城回族镇", "红花村5组",
    ),
    "(+86) glued": (
        "陈样例(+86)13800138025浙江省杭州市余杭区仓前街道示例路25号",
        "陈样例", "13800138025", "浙江省 杭州市 余杭区 仓前街道", "示例路25号",
    ),
    "0086": (
        "陈样例 008613800138026 福建省泉州市安溪县西坪镇示例路26号",
        "陈样例", "13800138026", "福建省 泉州市 安溪县 西坪镇", "示例路26号",
    ),
    "invisible characters": (
        "\ufeff\u200b张样例\u200b 138\u200b00138027\r\n黑龙江省\u200b齐齐哈尔市讷河市拉哈镇示例路27号",
        "张样例", "13800138027", "黑龙江省 齐齐哈尔市 讷河市 拉哈镇", "示例路27号",
    ),
    "province left out": (
        "张样例 13800138028 齐齐哈尔市讷河市拉哈镇示例路28号",
        "张样例", "13800138028", "黑龙江省 齐齐哈尔市 讷河市 拉哈镇", "示例路28号",
    ),
    "city left out": (
        "张样例 13800138029 黑龙江省讷河市拉哈镇示例路29号",
        "张样例", "13800138029", "黑龙江省 齐齐哈尔市 讷河市 拉哈镇", "示例路29号",
    ),
    "county left out": (
        "张样例 13800138030 齐齐哈尔市老莱镇示例路30号",
        "张样例", "13800138030", "黑龙江省 齐齐哈尔市 讷河市 老莱镇", "示例路30号",
    ),
    "generic words left out": (
        "张样例 13800138031 黑龙江齐齐哈尔讷河通南红旗村3组",
        "张样例", "13800138031", "黑龙江省 齐齐哈尔市 讷河市 通南镇", "红旗村3组",
    ),
    "generic words left out, blanks": (
        "蒋样例 13800138032 新疆 库尔勒 示例路32号",
        "蒋样例", "13800138032", "新疆维吾尔自治区 巴音郭楞蒙古自治州 库尔勒市", "示例路32号",
    ),
    "prefecture by its short form": (
        "沈样例 13800138033 贵州黔南州惠水县好花红镇示例寨33号",
        "沈样例", "13800138033", "贵州省 黔南布依族苗族自治州 惠水县 好花红镇", "示例寨33号",
    ),
    "autonomous county without its people": (
        "韩样例 13800138034 广西桂林市恭城县莲花镇示例村34号",
        "韩样例", "13800138034", "广西壮族自治区 桂林市 恭城瑶族自治县 莲花镇", "示例村34号",
    ),
    "county under its old name": (
        "杨样例 13800138035 广西南宁横县校椅镇示例村35号",
        "杨样例", "13800138035", "广西壮族自治区 南宁市 横州市 校椅镇", "示例村35号",
    ),
    "banner": (
        "朱样例 13800138036 内蒙古通辽市库伦旗库伦镇示例街36号",
        "朱样例", "13800138036", "内蒙古自治区 通辽市 库伦旗 库伦镇", "示例街36号",
    ),
    "city and province of one name": (
        "秦样例 13800138037 吉林吉林船营区示例路37号",
        "秦样例", "13800138037", "吉林省 吉林市 船营区", "示例路37号",
    ),
    "short name that is also a province": (
        "尤样例 13800138038 青海省海南州共和县恰卜恰镇示例路38号",
        "尤样例", "13800138038", "青海省 海南藏族自治州 共和县 恰卜恰镇", "示例路38号",
    ),
    "district decided by its township": (
        "许样例 13800138039 白云区三元里街道示例路39号",
        "许样例", "13800138039", "广东省 广州市 白云区 三元里街道", "示例路39号",
    ),
    "district that exists in many cities": (
        "何样例 13800138040 鼓楼区示例路40号",
        "何样例", "13800138040", "", "鼓楼区示例路40号",
    ),
    "district that exists twice in the province": (
        "吕样例 13800138041 江苏鼓楼区示例路41号",
        "吕样例", "13800138041", "江苏省", "鼓楼区示例路41号",
    ),
    "city and county of one short name": (
        "施样例 13800138042 长沙 示例路42号",
        "施样例", "13800138042", "湖南省 长沙市", "示例路42号",
    ),
    "streets named after cities": (
        "曹样例 13800138043 上海市浦东新区张江镇南京东路哈尔滨小区43号",
        "曹样例", "13800138043", "上海市 浦东新区 张江镇", "南京东路哈尔滨小区43号",
    ),
    "recipient named like a place": (
        "王海南 13800138044 河南省洛阳市偃师区示例路44号",
        "王海南", "13800138044", "河南省 洛阳市 偃师区", "示例路44号",
    ),
    "development zone that is no division": (
        "严样例 13800138045 安徽省合肥市高新区蜀山镇示例路45号",
        "严样例", "13800138045", "安徽省 合肥市", "高新区蜀山镇示例路45号",
    ),
    "sub-district office": (
        "华样例 13800138046 广东省中山市石岐街道办事处民生路46号",
        "华样例", "13800138046", "广东省 中山市 石岐街道", "民生路46号",
    ),
    "title in brackets": (
        "张样例（先生）13800138047 上海市浦东新区张江镇示例路100弄5号",
        "张样例", "13800138047", "上海市 浦东新区 张江镇", "示例路100弄5号",
    ),
    "surname with a title": (
        "王女士 13800138048 陕西省延安市洛川县凤栖街道示例路48号",
        "王女士", "13800138048", "陕西省 延安市 洛川县 凤栖街道", "示例路48号",
    ),
    "收 after the name": (
        "寄到：黑龙江省讷河市老莱镇示例街49号 张样例收，电话13800138049，谢谢",
        "张样例", "13800138049", "黑龙江省 齐齐哈尔市 讷河市 老莱镇", "示例街49号",
    ),
    "compound surname": (
        "福建省漳州市平和县小溪镇示例路50号诸葛样例13800138050",
        "诸葛样例", "13800138050", "福建省 漳州市 平和县 小溪镇", "示例路50号",
    ),
    "name with a middle dot": (
        "阿依古丽·示例 13800138051 新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市示范路51号",
        "阿依古丽·示例", "13800138051", "新疆维吾尔自治区 巴音郭楞蒙古自治州 库尔勒市", "示范路51号",
    ),
    "Latin name": (
        "Alex Example 13800138052 上海市徐汇区示例路52号",
        "Alex Example", "13800138052", "上海市 徐汇区", "示例路52号",
    ),
    "nickname": (
        "静静 13800138053 湖南省长沙市开福区示例路53号",
        "静静", "13800138053", "湖南省 长沙市 开福区", "示例路53号",
    ),
    "masked name": (
        "张** 13800138054 河北省保定市蠡县留史镇示例村54号",
        "张**", "13800138054", "河北省 保定市 蠡县 留史镇", "示例村54号",
    ),
    "single-character county": (
        "魏样例 13800138055 山西省长治市沁县定昌镇示例路55号",
        "魏样例", "13800138055", "山西省 长治市 沁县 定昌镇", "示例路55号",
    ),
    "Taiwan": (
        "陶样例 13800138056 台湾省台北市示例路56号",
        "陶样例", "13800138056", "台湾省", "台北市示例路56号",
    ),
    "no number yet": (
        "姜样例 海南省儋州市那大镇示例路57号",
        "姜样例", "", "海南省 儋州市 那大镇", "示例路57号",
    ),
    "no name": (
        "13800138058 宁夏吴忠市盐池县花马池镇示例路58号",
        "", "13800138058", "宁夏回族自治区 吴忠市 盐池县 花马池镇", "示例路58号",
    ),
    "no place": (
        "戚样例 13800138059 幸福路59号",
        "戚样例", "13800138059", "", "幸福路59号",
    ),
}  # fmt: skip


# Names that contain the words that streets and houses are made of.
TREACHEROUS = {
    "甘肃省武威市民勤县示例路1号": "民勤县",
    "山东日照五莲街头镇示例路1号": "街头镇",
    "山东临沂郯城花园镇示例路1号": "花园镇",
    "湖北宜昌西陵学院街道示例路1号": "学院街道",
    "甘肃庆阳镇原新城镇示例路1号": "新城镇",
    "河北唐山路南区示例路1号": "路南区",
    "浙江台州路桥区示例路1号": "路桥区",
    "陕西西安新城区示例路1号": "新城区",
    "山东济南市中区示例路1号": "市中区",
    "安徽屯溪区示例路1号": "屯溪区",
}


class TestTable:
    @pytest.mark.parametrize(("text", "name", "mobile", "place", "detail"), TABLE.values(), ids=TABLE)
    def test_is_read(self, text, name, mobile, place, detail):
        found = parse(text)

        assert (found.name, found.mobile) == (name, mobile)
        assert " ".join(found.area_names) == place
        assert found.detail == detail

    def test_has_enough_cases_to_mean_something(self):
        assert len(TABLE) >= 40


class TestPlace:
    def test_comes_as_the_code_of_the_smallest_area(self):
        assert parse("黑龙江省齐齐哈尔市讷河市通南镇红旗村").area_code == "230281108"

    def test_that_could_be_two_is_left_to_the_buyer(self):
        found = parse("张样例 13800138000 朝阳区示例路1号")

        assert found.area_code == ""
        assert found.missing == ("area",)

    @pytest.mark.parametrize(("text", "smallest"), TREACHEROUS.items())
    def test_is_found_among_words_of_streets(self, text, smallest):
        found = parse(text)

        assert (found.area_names[-1], found.detail) == (smallest, "示例路1号")

    def test_may_be_reached_across_a_zone_that_is_no_division(self):
        found = parse("王样例 13800138000 成都市高新区中和街道府城大道1号")

        assert found.area_names[-2:] == ("双流区", "中和街道")
        assert found.detail == "高新区府城大道1号"

    @pytest.mark.parametrize("word", ["东方红小区3号", "东方市场3号", "上海路5号", "长春藤公寓2栋", "新和平里4号"])
    def test_is_not_made_of_ordinary_words(self, word):
        assert parse(f"张样例 13800138000 {word}").area_code == ""

    def test_needs_no_county_where_there_is_none(self):
        assert "area" not in parse("张样例 13800138000 广东省东莞市示例路1号").missing
        assert "area" in parse("张样例 13800138000 广东省广州市示例路1号").missing

    @pytest.mark.parametrize("province", [area.code for area in areas.children()])
    def test_is_found_again_from_its_full_name(self, province):
        below = areas.children(province)
        counties = [area for city in below for area in (city, *areas.children(city.code))]

        for area in [area for area in counties if area.level <= areas.Level.COUNTY]:
            assert parse(f"张样例 13800138000 {areas.full_name(area.code)}示例路1号").area_code == area.code


class TestNumbers:
    def test_of_a_shielded_call_keep_their_extension(self):
        found = parse("王样例[4321] 17800001111-4321 江苏省 南京市 鼓楼区 中央门街道 示例路1号")

        assert (found.name, found.mobile, found.extension) == ("王样例", "17800001111", "4321")

    def test_beyond_the_first_are_kept_apart(self):
        found = parse("张样例 13800138000 13900139000 0452-3123456 黑龙江省讷河市拉哈镇示例路1号 161300")

        assert found.mobile == "13800138000"
        assert found.leftovers == ("13900139000", "0452-3123456", "161300")
        assert found.detail == "示例路1号"

    @pytest.mark.parametrize("text", ["12345678901", "138001380001", "1380013800", "23800138000"])
    def test_of_another_shape_are_not_mobile(self, text):
        assert parse(f"张样例 {text} 讷河市").mobile == ""


class TestMissing:
    def test_names_everything_for_an_empty_text(self):
        assert parse("").missing == ("name", "mobile", "area", "detail")

    def test_is_empty_when_all_is_known(self):
        assert parse(TABLE["one line"][0]).missing == ()


PIECES = """
收货人： 手机号码 所在地区 详细地址: 黑龙江 讷河市 吉林 朝阳 大理 城关镇 市辖区 高新区 街道办 13800138000
张样例 欧阳 𰝟 Alex é
""".split()  # noqa: SIM905 (a hundred quotation marks would hide the words)
ALPHABET = st.sampled_from([*PIECES, *"\0\n\r\t :：,，+-·()（）[]0138１８*省市区县镇路号收先生\u200b\ud800"])


class TestAnyText:
    @settings(deadline=None)  # the first text also reads the area table
    @given(st.one_of(st.text(), st.lists(ALPHABET, max_size=120).map("".join)))
    @example("收货人")
    @example("13800138000" * 60)
    @example("吉林省吉林市" * 100)
    def test_is_answered(self, text):
        found = parse(text)

        assert isinstance(found, ParsedAddress)
        assert found.mobile == "" or re.fullmatch("1[3-9][0-9]{9}", found.mobile)
        assert found.area_names == tuple(area.name for area in areas.path(found.area_code)) if found.area_code else True
        assert "\0" not in "".join([found.name, found.detail, *found.leftovers])

    def test_beyond_five_hundred_characters_is_not_read(self):
        assert parse("啊" * 500 + "13800138000").mobile == ""
