"""Texts that bind people: versions, a week's notice, and what changed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.differences import Change, differences
from cms.models import ContentPage
from tests import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    return ContentPage.objects.child_of(pages.home()).get(slug="rules")


def announce(rules, version="2027-01", days=7, body="<p>新的规则</p>"):
    rules.version, rules.effective_on, rules.body = version, timezone.localdate() + timedelta(days=days), body
    rules.save_revision().publish()


def test_rules_begin_with_the_version_people_agree_to(client, settings):
    for name in ("rules", "terms", "privacy"):
        assert f"{settings.LEGAL_TEXTS['terms']}" in client.get(f"/{name}/").content.decode()
        assert "Version 2026-11" in client.get(f"/en/{name}/").content.decode()


def test_a_new_version_is_announced_and_holds_from_its_day(client, rules):
    announce(rules)

    page = client.get("/rules/").content.decode()
    coming = client.get("/rules/?version=2027-01").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        later = client.get("/rules/").content.decode()

    assert "谁可以开店" in page
    assert "2027-01" in page
    assert "新的规则" in coming
    assert "新的规则" in later


def test_needs_a_week_of_notice(rules):
    with pytest.raises(ValidationError):
        announce(rules, days=6)


def test_a_published_version_is_never_altered(rules):
    rules.body = "<p>改了</p>"

    with pytest.raises(ValidationError):
        rules.save_revision()


def test_shows_what_changed(client, rules):
    announce(rules)

    page = client.get("/rules/?version=2027-01&differences").content.decode()

    assert "<ins>新的规则</ins>" in page
    assert "<del>谁可以开店</del>" in page


def test_what_changed_is_told_by_paragraphs():
    assert differences("<p>甲</p><ul><li>乙</li></ul>", "<p>甲</p><p>丙 &amp; 丁</p>") == [
        Change("same", "甲"),
        Change("gone", "乙"),
        Change("new", "丙 & 丁"),
    ]


def test_a_page_without_versions_is_just_its_text(client):
    assert ContentPage.objects.filter(slug="about", effective_on=None).count() == 2
    assert "一次付款" in client.get("/about/").content.decode()
