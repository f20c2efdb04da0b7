"""Chinese words in Latin letters, for addresses of pages and for people who type `dami`."""

from django.utils.text import slugify
from pypinyin import Style, lazy_pinyin, load_phrases_dict

# Place names whose usual reading pypinyin does not know.
load_phrases_dict({"什邡": [["shí"], ["fāng"]], "单县": [["shàn"], ["xiàn"]], "蠡县": [["lǐ"], ["xiàn"]]})


def spell(text: str) -> str:
    """Syllables without tones, other text as it is, separated by blanks: 大米 5kg → "da mi 5kg"."""
    return " ".join(lazy_pinyin(text, style=Style.NORMAL)).strip()


def slug(text: str, allow_unicode: bool = False) -> str:
    """A readable page address: 齐齐哈尔大米 → "qi-qi-ha-er-da-mi"; "x" when nothing can be spelled.

    Always Latin: ``allow_unicode`` is what Oscar passes to any slug function.
    """
    return slugify(spell(text)) or "x"
