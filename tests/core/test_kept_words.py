"""Fixed words and addresses of templates: said once a language, and as Django says them."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.templatetags.i18n import TranslateNode
from django.utils.translation import override

from marketplace.core.templatetags.kept import Kept
from marketplace.partner.models import Partner


def said(source: str, language: str, **values) -> str:
    with override(language):
        return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ('{% translate "Basket" %}', "Basket", "购物车"),
        ('{% translate "Basket" as word %}<{{ word }}>', "<Basket>", "<购物车>"),
        ('{% translate "Basket"|upper %}', "BASKET", "购物车"),
        ('{% translate "Kept" context "favourite" %}', "Kept", "已收藏"),
        ("{% translate word %}", "Basket", "购物车"),
        ('{% url "basket:summary" %}', "/en/basket/", "/basket/"),
        ('{% url "basket:summary" as there %}<{{ there }}>', "</en/basket/>", "</basket/>"),
        ('{% url "catalogue:detail" product_slug="rice" pk=number %}', "/en/products/rice_7/", "/products/rice_7/"),
        ('{% url "there:is-none" as there %}<{{ there }}>', "<>", "<>"),
    ],
)
def test_says_the_same_as_django_in_each_language(source, english, chinese):
    template = Template(source)
    for _again in range(2):
        for language, words in (("en", english), ("zh-hans", chinese)):
            with override(language):
                assert template.render(Context({"word": "Basket", "number": 7})) == words


def test_keeps_only_what_is_the_same_for_every_reader():
    kept, asked = (Template(source).nodelist[0] for source in ('{% translate "Basket" %}', "{% translate word %}"))

    assert isinstance(kept, Kept)
    assert isinstance(asked, TranslateNode)


def test_a_price_is_drawn_in_the_language_of_the_reader():
    source = "{% price_line price unit about=True was=was %}"
    values = {"price": Decimal("59.90"), "unit": Decimal("5.99"), "was": Decimal("69.90")}

    assert "≈¥5.99/jin" in said(source, "en", **values)
    assert "≈5.99元/斤" in said(source, "zh-hans", **values)
    assert said(source, "en", **values) != said(source, "en", **values | {"price": Decimal("59.91")})


def test_kinds_are_said_as_django_says_them():
    seller = Partner(kind=Partner.Kind.COMPANY)

    with override("en"):
        assert seller.get_kind_display() == str(Partner.Kind.COMPANY.label) == "Company"
        assert Partner(kind="").get_kind_display() == ""
