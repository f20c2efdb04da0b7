"""A learner at 360 px: enrols, learns without network, passes, lists her first product, shows a certificate.

With SHOTS set to a folder every station leaves a picture there.
"""

import pytest
from django.conf import settings as django_settings

from incubator.learning.models import Certificate, Enrolment
from incubator.learning.papers import check_address
from tests import incubator, pages, pictures, school
from tests.e2e.test_offline_lessons import open_and_keep
from tests.learning.test_assignments import list_a_product, open_shop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TASK = {"title": "上架第一件商品", "text": "示例要求", "kind": "first_product"}


@pytest.fixture
def course():
    """Two lessons: one with a quiz, one that is done with the first product on the shelf."""
    picture = [("picture", {"picture": pages.picture(), "caption": "示例说明"})]
    page = pages.course()
    made = [
        pages.lesson(page, "first", body=picture),
        pages.lesson(page, "last", quiz=False, body=[("assignment", TASK)]),
    ]
    school.cohort(page.course)
    return page, *made


@pytest.fixture
def her(client, phone, live_server):
    user = incubator.person("0073")
    client.force_login(user)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "url": live_server.url}
    phone.context.add_cookies([cookie | {"value": client.cookies[django_settings.SESSION_COOKIE_NAME].value}])
    return user


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= 360


def test_from_enrolment_to_a_certificate_anybody_can_check(phone, her, course, live_server, settings):
    settings.SITE_URL = live_server.url
    page, first, last = course
    phone.goto(page.url)
    phone.get_by_role("button", name="报名").click()
    phone.get_by_text("已报名").first.wait_for()
    assert fits(phone)
    pictures.leave(phone, "learner-enrolled")

    open_and_keep(phone, first)
    phone.context.set_offline(True)
    phone.goto(first.url)
    for place in range(3):
        phone.check(f"input[name=q{place}][value='0']")
    phone.click("form[data-queue=quiz] button")
    phone.wait_for_selector("[data-waiting]:not([hidden])")
    pictures.leave(phone, "learner-offline")
    phone.context.set_offline(False)
    phone.wait_for_selector("#quiz p .tag--go")
    pictures.leave(phone, "learner-passed")
    phone.get_by_role("button", name="学完这一课时").click()
    phone.locator(f"ol.toc li.done a[href='{first.url}']").wait_for()

    phone.goto(last.url)
    assert fits(phone)
    phone.get_by_role("button", name="现在查一下店铺").click()
    phone.get_by_text("你的店里还没有上架的商品").wait_for()
    pictures.leave(phone, "learner-nothing-listed")
    list_a_product(open_shop(her))
    phone.get_by_role("button", name="现在查一下店铺").click()
    phone.locator("#task .tag--go").wait_for()
    pictures.leave(phone, "learner-listed")
    phone.get_by_role("button", name="学完这一课时").click()
    phone.locator(f"ol.toc li.done a[href='{last.url}']").wait_for()

    phone.goto(page.url)
    assert not Certificate.objects.exists()
    pictures.leave(phone, "learner-asked-for-her-name")
    phone.get_by_label("证书上的姓名").fill("李示例")
    phone.get_by_role("button", name="领取证书").click()
    phone.get_by_role("heading", name="结业证书").wait_for()
    assert fits(phone)
    pictures.leave(phone, "learner-certificate")

    certificate = Certificate.objects.get()
    assert Enrolment.objects.get().learner.name == "李示例"
    phone.context.clear_cookies()
    phone.goto(check_address(certificate))
    assert "有效" in phone.inner_text("main")
    assert "李**" in phone.inner_text("main")
    pictures.leave(phone, "anybody-checks")
    phone.goto(
        check_address(certificate).replace(
            certificate.code, certificate.code[:-1] + str((int(certificate.code[-1]) + 1) % 10)
        )
    )
    assert "有效" not in phone.inner_text("main").replace("无效", "")
    pictures.leave(phone, "anybody-checks-a-wrong-number")
