"""What the name of a recipient looks like."""

import re

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹"
    "姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁"
    "荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武"
    "符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉"
    "宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘"
    "匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯"
    "盖益桓公仉督晋楚闫法汝鄢涂钦岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福肖付覃邸代仝原苑兰官冼敬"
    "麦占粟展庹玉铁纳买撒锁拜保兀折苟鹿初但战修楼矫辜税"
)
COMPOUND_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容
仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 纳兰 拓跋
""".split()  # noqa: SIM905 (a hundred quotation marks would hide the names)

_HAN = r"\u3400-\u9fff\U00020000-\U000323af"
_NAME = re.compile(
    rf"[{_HAN}][{_HAN}*]{{1,3}}"
    rf"|[{_HAN}]{{1,8}}(?:[·•・‧.][{_HAN}]{{1,8}}){{1,3}}"
    r"|[A-Za-z][A-Za-z.'-]*(?: [A-Za-z.'-]+){0,3}"
)
_RECEIVES = re.compile(r"[(（\[]?(?:亲收|亲启|查收|收件|收货|敬收|收)[)）\]]?$")
_TITLE = re.compile(r"[(（]?(?:先生|女士|小姐|老师|同志|阿姨|大姐|大哥|师傅|太太)[)）]?$")
_AFTER_AN_ADDRESS = "0-9号室楼层组栋幢村屯户座院店区旁口路街巷委社站队庄园苑厦面"
_SURNAME = "(?:" + "|".join(COMPOUND_SURNAMES) + f"|[{SURNAMES}])"
_AT_THE_END = re.compile(rf"(.*[{_AFTER_AN_ADDRESS}])({_SURNAME}[{_HAN}]{{1,2}})", re.DOTALL)


def plain_name(word: str) -> str:
    """Without 收 and without a courtesy title, unless nothing but a surname would be left: 王女士 stays."""
    word = _RECEIVES.sub("", word.strip(" \0,，;；:")).strip()
    without_title = _TITLE.sub("", word).strip()
    return without_title if len(without_title) >= 2 else word


def looks_like_a_name(word: str) -> bool:
    """Two to four characters, a name with middle dots, a masked one (张**), or Latin letters."""
    return bool(_NAME.fullmatch(word))


def surname_of(name: str) -> str:
    if name[:2] in COMPOUND_SURNAMES:
        return name[:2]
    return name[:1] if name[:1] in SURNAMES else ""


def name_at_the_end(word: str) -> tuple[str, str]:
    """红旗村3组张样例 → 红旗村3组, 张样例; the name is empty if none is glued there."""
    glued = _AT_THE_END.fullmatch(plain_name(word))
    return (glued[1], glued[2]) if glued else (word, "")
