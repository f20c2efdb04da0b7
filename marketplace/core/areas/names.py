"""How people shorten the name of a place."""

import re
from functools import lru_cache

PEOPLES = """
蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西
景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂
保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各
""".split()  # noqa: SIM905 (a hundred quotation marks would hide the words)

# Tried in this order: a longer ending hides the shorter one at its end.
GENERICS = """
特别行政区 自治区 自治州 自治县 自治旗 民族苏木 民族乡 区公所 街道 地区 苏木 矿区 林区 特区 新区
省 市 州 盟 县 区 旗 镇 乡
""".split()  # noqa: SIM905 (a hundred quotation marks would hide the words)

# 神农架林区, 白云鄂博矿区; but 万柏林区 is a district named after a wood.
_SHORTEST_STEM = {"林区": 3, "矿区": 3}

_WITH_ZU = re.compile(f"(?:{'|'.join(sorted(PEOPLES, key=len, reverse=True))})族$")
# 巴音郭楞蒙古自治州, 巴彦鄂温克民族乡: some names say the people without 族.
_WITHOUT_ZU = re.compile(f"(?:{'|'.join(people for people in PEOPLES if len(people) > 1)})$")


@lru_cache(maxsize=8192)
def short_name(name: str) -> str:
    """The name without its generic word and peoples, at least two characters long.

    黑龙江省 → 黑龙江 · 内蒙古自治区 → 内蒙古 · 巴音郭楞蒙古自治州 → 巴音郭楞
    沔城回族镇 → 沔城 · 沁县 → 沁县 · 清新区 → 清新
    """
    for generic in GENERICS:
        if name.endswith(generic) and len(name) - len(generic) >= _SHORTEST_STEM.get(generic, 2):
            says_people = "自治" in generic or "民族" in generic
            return _without_peoples(name[: -len(generic)], bare=says_people)
    return name


def _without_peoples(stem: str, *, bare: bool) -> str:
    while True:
        ending = _WITH_ZU.search(stem) or (_WITHOUT_ZU.search(stem) if bare else None)
        if ending is None or ending.start() < 2:
            # 东乡族自治县, 鄂伦春自治旗: the people is the name.
            return stem.removesuffix("族") if len(stem) > 2 else stem
        stem = stem[: ending.start()]
