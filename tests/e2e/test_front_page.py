"""The front page in a browser."""

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("path", "language"), [("/", "zh-Hans"), ("/en/", "en")])
def test_fits_a_phone_in_both_languages(phone, path, language):
    phone.goto(path)

    assert phone.locator("html").get_attribute("lang") == language
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
