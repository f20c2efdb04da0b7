"""Numbers that no column can hold."""

import pytest

from marketplace.accounts.models import User
from marketplace.catalogue.models import Listing
from marketplace.promotions.forms import PromotionForm
from tests import shop

pytestmark = pytest.mark.django_db
TOO_LARGE = 10**30


def test_are_in_no_list_that_is_looked_for():
    user = User.objects.create_user(mobile="13900000099")

    assert list(User.objects.filter(pk__in=[user.pk, TOO_LARGE, -TOO_LARGE])) == [user]
    assert not User.objects.filter(pk__in=[TOO_LARGE]).exists()


def test_are_refused_in_words_where_goods_are_chosen():
    form = PromotionForm({"products": [str(TOO_LARGE)], "reach": "products", "gives": "amount"}, payer=shop.seller())

    assert "products" in form.errors


def test_are_no_other_records_number():
    assert Listing.objects.filter(pk="9223372036854775808").first() is None
