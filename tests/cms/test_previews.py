"""Every block has a preview: in the gallery of components, and where editors choose it."""

import pytest
from django.urls import reverse

from cms import previews
from cms.models import HomePage
from marketplace.demo import accounts
from tests import pages

pytestmark = pytest.mark.django_db


def kinds() -> set[str]:
    return {block.meta.template for stream in previews.STREAMS for block in stream().child_blocks.values()}


def test_each_thing_has_one_block_and_each_block_a_sample():
    shown = dict(previews.all_blocks())

    assert len(shown) == len(kinds())  # no two blocks are called the same
    assert kinds() - {"cms/blocks/text.html"} == set(previews.SAMPLES)
    assert all(str(each).strip() for each in shown.values())


@pytest.mark.parametrize(("address", "words"), [("/components/", "清单"), ("/en/components/", "Checklist")])
def test_the_gallery_shows_them_without_a_query(client, address, words, django_assert_num_queries):
    client.get(address)

    with django_assert_num_queries(0):
        text = client.get(address).content.decode()

    assert words in text


def test_editors_see_a_block_before_they_choose_it(client):
    accounts.load()
    client.force_login(accounts.by_ending("05"))
    home = HomePage.objects.get(pk=pages.home().pk)

    for name, block in home.body.stream_block.child_blocks.items():
        assert block.is_previewable, name
        answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200, name
