"""Messages that did not go out: seen by operators, masked, and sent again."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core import notices
from marketplace.core.models import AuditEntry, Channel, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    user = User.objects.create_superuser(mobile="13900000501", nickname="样例平台")
    client.force_login(user)
    return client


def stuck(address="li@example.org", channel=Channel.EMAIL, minutes=30, attempts=notices.MOST_ATTEMPTS) -> Notice:
    notice = Notice.objects.create(
        address=address,
        channel=channel,
        cause=f"c{Notice.objects.count()}",
        subject="订单已发货",
        body="样例正文",
        attempts=attempts,
    )
    Notice.objects.filter(pk=notice.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))
    return notice


def rows(client) -> list[str]:
    page = BeautifulSoup(client.get(reverse("dashboard:stuck-notices")).content, "html.parser")
    return [row.get_text(" ", strip=True) for row in page.select("tbody tr")]


def test_shows_what_waits_too_long_with_masked_addresses_and_without_its_text(operator):
    stuck(), stuck("+8613812345678", Channel.SMS), stuck(minutes=1)

    shown = rows(operator)

    assert len(shown) == 2
    assert "l***@example.org" in shown[0]
    assert "138****5678" in shown[1]
    assert "样例正文" not in "".join(shown)


def test_sends_one_again_though_the_worker_gave_up(operator):
    notice = stuck()

    operator.post(reverse("dashboard:stuck-notice-again", args=[notice.pk]))
    operator.post(reverse("dashboard:stuck-notice-again", args=[notice.pk]))

    assert len(mail.outbox) == 1
    assert rows(operator) == []
    assert AuditEntry.objects.filter(action="notice.retried").count() == 1


def test_says_when_it_fails_again(operator, settings):
    settings.EMAIL_BACKEND = "nowhere.Backend"
    notice = stuck()

    page = operator.post(reverse("dashboard:stuck-notice-again", args=[notice.pk]), follow=True)

    assert "ModuleNotFoundError" in page.content.decode()
    assert len(rows(operator)) == 1


def test_gives_all_of_them_to_the_worker_again(operator):
    stuck(), stuck("wang@example.org")
    assert notices.send_outstanding() == 0

    operator.post(reverse("dashboard:stuck-notices-again"))

    assert notices.send_outstanding() == 2
    assert rows(operator) == []
