"""The words members are described with. Spreadsheets say them in Chinese; we keep a code and show the reader's language."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """Kinds of goods, as the shelves of the shop have them."""

    GRAIN_OIL = "grain_oil", _("Rice, flour and oil")
    COARSE_GRAIN = "coarse_grain", _("Grains and pulses")
    MUSHROOM = "mushroom", _("Mushrooms and dried goods")
    VEGETABLE = "vegetable", _("Fresh vegetables")
    FRUIT = "fruit", _("Fresh fruit")
    MEAT_EGG = "meat_egg", _("Meat, eggs and dairy")
    SEAFOOD = "seafood", _("Fish and seafood")
    SAUCE = "sauce", _("Sauces and pickles")
    NUT = "nut", _("Nuts and dried fruit")
    TEA = "tea", _("Tea")
    CRAFT = "craft", _("Heritage crafts")


class Scheme(models.TextChoices):
    """Certificates that buyers ask for."""

    GREEN = "green", _("Green food")
    ORGANIC = "organic", _("Organic product")
    GEOGRAPHICAL = "geographical", _("Geographical indication")
    CONFORMITY = "conformity", _("Conformity commitment certificate")


class Outlet(models.TextChoices):
    """Where an e-commerce partner sells."""

    TAOBAO = "taobao", _("Taobao")
    PINDUODUO = "pinduoduo", _("Pinduoduo")
    DOUYIN = "douyin", _("Douyin live stream")
    WECHAT = "wechat", _("WeChat groups")
    CORPORATE = "corporate", _("Company orders")
    SUPERMARKET = "supermarket", _("Supermarkets")
    STOREFRONT = "storefront", _("Our storefront")


CHINESE: dict[type[TextChoices], dict[str, str]] = {
    Category: {
        "米面粮油": Category.GRAIN_OIL,
        "五谷杂粮": Category.COARSE_GRAIN,
        "菌菇干货": Category.MUSHROOM,
        "新鲜蔬菜": Category.VEGETABLE,
        "新鲜水果": Category.FRUIT,
        "肉禽蛋奶": Category.MEAT_EGG,
        "水产": Category.SEAFOOD,
        "调味酱菜": Category.SAUCE,
        "坚果干果": Category.NUT,
        "茶叶": Category.TEA,
        "非遗手工": Category.CRAFT,
    },
    Scheme: {
        "绿色食品": Scheme.GREEN,
        "有机产品": Scheme.ORGANIC,
        "地理标志": Scheme.GEOGRAPHICAL,
        "承诺达标合格证": Scheme.CONFORMITY,
    },
    Outlet: {
        "淘宝": Outlet.TAOBAO,
        "拼多多": Outlet.PINDUODUO,
        "抖音直播": Outlet.DOUYIN,
        "微信社群": Outlet.WECHAT,
        "企业团购": Outlet.CORPORATE,
        "线下商超": Outlet.SUPERMARKET,
        "本站商城": Outlet.STOREFRONT,
    },
}


class UnknownWord(ValueError):
    """A spreadsheet says a word we have no code for; ``word`` is what it says."""

    def __init__(self, word: str):
        super().__init__(word)
        self.word = word


def code_of(word: str, choices) -> str:
    """The code of one word, in Chinese or already a code; raises UnknownWord."""
    word = word.strip()
    code = CHINESE[choices].get(word, word)
    if code not in choices.values:
        raise UnknownWord(word)
    return str(code)


def codes_of(words: Iterable[str], choices) -> list[str]:
    """The codes of several words in their order, each once."""
    return list(dict.fromkeys(code_of(word, choices) for word in words))


def labels(codes: Iterable[str], choices) -> list[str]:
    """What a reader calls these codes."""
    return [str(choices(code).label) for code in codes]


class Known:
    """Validator of a list column: every entry is a code of these choices, and none is there twice."""

    def __init__(self, choices):
        self.choices = choices

    def __call__(self, value):
        if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - set(self.choices.values):
            raise ValidationError(_("Please choose from the list."), code="unknown_word")

    def __eq__(self, other):
        return isinstance(other, Known) and self.choices is other.choices

    def deconstruct(self):
        return f"{__name__}.Known", (self.choices,), {}
