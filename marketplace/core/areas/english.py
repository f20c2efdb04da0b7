"""English names of places: the customary one where there is one, else pinyin of the short name."""

from functools import lru_cache

from pypinyin import lazy_pinyin, load_phrases_dict

from .names import short_name

load_phrases_dict({"朝阳": [["cháo"], ["yáng"]], "漯河": [["luò"], ["hé"]], "六安": [["lù"], ["ān"]]})

# Places whose English name is not the pinyin of their Chinese name, by code.
CUSTOMARY = {
    "150000": "Inner Mongolia",
    "610000": "Shaanxi",
    "710000": "Taiwan",
    "810000": "Hong Kong",
    "820000": "Macao",
    "150100": "Hohhot",
    "150600": "Ordos",
    "150700": "Hulunbuir",
    "150781": "Manzhouli",
    "150800": "Bayannur",
    "150900": "Ulanqab",
    "152200": "Hinggan",
    "152201": "Ulanhot",
    "152500": "Xilingol",
    "152501": "Erenhot",
    "152502": "Xilinhot",
    "152900": "Alxa",
    "230100": "Harbin",
    "230200": "Qiqihar",
    "232700": "Greater Khingan",
    "513200": "Ngawa",
    "513300": "Garze",
    "533400": "Deqen",
    "533401": "Shangri-La",
    "540100": "Lhasa",
    "540200": "Xigaze",
    "540300": "Qamdo",
    "540400": "Nyingchi",
    "540600": "Nagqu",
    "542500": "Ngari",
    "632600": "Golog",
    "632700": "Yushu",
    "632801": "Golmud",
    "650100": "Urumqi",
    "650200": "Karamay",
    "650400": "Turpan",
    "652700": "Bortala",
    "652800": "Bayingolin",
    "652801": "Korla",
    "652900": "Aksu",
    "652902": "Kuqa",
    "653000": "Kizilsu",
    "653001": "Artux",
    "653100": "Kashgar",
    "653131": "Taxkorgan",
    "653200": "Hotan",
    "653201": "Hotan",
    "654000": "Ili",
    "654004": "Khorgos",
    "654022": "Qapqal",
    "654300": "Altay",
    "654301": "Altay",
    "659002": "Aral",
    "659003": "Tumxuk",
    "659008": "Kokdala",
}

# Readings that the dictionary of pypinyin does not know as place names.
READINGS = {
    "什邡": "Shifang",
    "伽师": "Jiashi",
    "单县": "Shanxian",
    "南乐": "Nanle",
    "召陵": "Shaoling",
    "宕昌": "Tanchang",
    "崆峒": "Kongtong",
    "曾都": "Zengdu",
    "泊头": "Botou",
    "洪洞": "Hongtong",
    "浚县": "Xunxian",
    "涡阳": "Guoyang",
    "漯河": "Luohe",
    "珲春": "Hunchun",
    "称多": "Chenduo",
    "筠连": "Junlian",
    "繁峙": "Fanshi",
    "荥经": "Yingjing",
    "长子": "Zhangzi",
    "马尾": "Mawei",
    "乐陵": "Laoling",
    "龙圩": "Longxu",
}
# What these characters say in the names of places, whatever they say elsewhere.
SYLLABLES = {"都": "du", "长": "chang", "勒": "le", "什": "shi"}


@lru_cache(maxsize=8192)
def english_name(code: str, name: str) -> str:
    """讷河市 → "Nehe", 六安市 → "Lu'an", 沁县 → "Qinxian", 呼和浩特市 → "Hohhot"."""
    return CUSTOMARY.get(code) or READINGS.get(short_name(name)) or spell(short_name(name))


def spell(name: str) -> str:
    """One capitalised word; an apostrophe where a syllable begins with a vowel."""
    word = ""
    # errors=list: what pypinyin cannot read comes back character by character, so both sides stay in step.
    readings = lazy_pinyin(name, v_to_u=True, errors=list)  # type: ignore[arg-type]
    for character, reading in zip(name, readings, strict=True):
        syllable = SYLLABLES.get(character, reading)
        word += f"'{syllable}" if word and syllable[0] in "aeo" else syllable
    return word.capitalize()
