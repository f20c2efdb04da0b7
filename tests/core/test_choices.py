"""What forms say of their own: where nothing is chosen yet, and where something is missing."""

import pytest
from django import forms
from django.utils import translation

from marketplace.catalogue.models import Category


class Sample(forms.Form):
    shelf = forms.ModelChoiceField(Category.objects.none())
    status = forms.ChoiceField(choices=[("", "------------"), ("a", "--- a")])
    named = forms.ModelChoiceField(Category.objects.none(), empty_label="示例")


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "请选择"), ("en", "Choose…")])
def test_the_choice_of_nothing_is_a_word(language, word):
    with translation.override(language):
        drawn = str(Sample()["shelf"]), str(Sample()["status"]), str(Sample()["named"])

    assert f">{word}</option>" in drawn[0] and f">{word}</option>" in drawn[1] and ">--- a</option>" in drawn[1]
    assert "示例" in drawn[2] and word not in drawn[2] and "-----" not in "".join(drawn)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "请填写此项。"), ("en", "This field is required.")])
def test_what_is_missing_is_asked_for_as_a_person_would(language, words):
    with translation.override(language):
        assert forms.CharField().default_error_messages["required"] == words
