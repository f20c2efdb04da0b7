"""Pages of editors, looked over by axe on a phone: nothing serious, in either language."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import pages, school
from tests.cms.test_stories import shown

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
GRAVE = {"serious", "critical"}


def test_finds_nothing_serious(browser, live_server):
    lesson, gathering = pages.lesson(), school.gathering(seats=3)
    course = lesson.course_page()
    addresses = ["/", "/en/", shown().url, course.url, lesson.url, gathering.get_absolute_url(), "/en/components/"]
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url, bypass_csp=True)
    page, found = context.new_page(), []

    for address in addresses:
        assert page.goto(address).status == 200
        violations = Axe().run(page).response["violations"]
        found += [(address, each["id"]) for each in violations if each["impact"] in GRAVE]

    context.close()
    assert found == []
