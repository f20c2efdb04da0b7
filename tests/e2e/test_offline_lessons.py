"""A learner on a bus: lessons she opened stay readable, and the quiz she finishes there counts once."""

import pytest
from django.conf import settings

from incubator.learning.models import Result
from tests import incubator, pages

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lessons(client, phone, live_server):
    """Three lessons of a course, the last with a quiz, and a learner signed in on the phone."""
    course = pages.course()
    picture = [("picture", {"picture": pages.picture(), "caption": "示例说明"})]
    made = [pages.lesson(course, f"lesson-{nth}", quiz=nth == 3, body=picture) for nth in (1, 2, 3)]
    user = incubator.person("0071")
    pages.seat(user, made[0])
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return made


TRIES, PAUSE_MS = 150, 100


def until(phone, promise: str) -> None:
    """Wait until a promise of the page comes true; asked from outside, for the page itself may evaluate no text."""
    for _again in range(TRIES):
        if phone.evaluate(promise):
            return
        phone.wait_for_timeout(PAUSE_MS)
    pytest.fail(f"never true: {promise}")


def open_and_keep(phone, lesson):
    """Opened, and kept when the page says so."""
    phone.goto(lesson.url)
    until(phone, "navigator.serviceWorker.ready.then(() => caches.match(location.href)).then(Boolean)")
    phone.locator(".pic img").scroll_into_view_if_needed()
    until(phone, "caches.match(document.querySelector('.pic img').currentSrc).then(Boolean)")


def test_reads_three_lessons_and_sends_a_quiz_once(phone, lessons):
    for lesson in lessons:
        open_and_keep(phone, lesson)

    phone.context.set_offline(True)
    for lesson in lessons:
        phone.goto(lesson.url)
        assert "示例正文" in phone.inner_text("main")
        assert phone.evaluate("document.querySelector('.pic img').decode().then(() => true)")
    for place in range(3):
        phone.check(f"input[name=q{place}][value='0']")
    phone.click("form[data-queue=quiz] button")
    phone.wait_for_selector("[data-waiting]:not([hidden])")
    assert Result.objects.count() == 0

    phone.context.set_offline(False)
    phone.wait_for_selector("#quiz p .tag--go")
    phone.reload()

    result = Result.objects.get()
    assert (result.right, result.is_passed) == (3, True)
