"""How the site is doing: health, figures, failed tasks, maintenance, and what it keeps in browsers."""

import errno
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from marketplace.accounts.models import User
from marketplace.accounts.tasks import forget
from marketplace.core import chores, maintenance, queue, tasks, watching
from marketplace.core.cookies import COOKIES
from marketplace.core.models import AuditEntry, Heartbeat
from marketplace.sharing import actions as sharing
from marketplace.urls import urlpatterns as ours
from tests import shop

pytestmark = pytest.mark.django_db
TASKS = reverse("dashboard:failed-tasks")


def task(status="FAILED", **fields):
    now = timezone.now()
    usual = {
        "task_path": "marketplace.accounts.tasks.forget",
        "args_kwargs": {"args": [], "kwargs": {}},
        "backend_name": "default",
        "run_after": get_date_max(),
        "exception_class_path": "builtins.ValueError",
        "traceback": "ValueError: 王示例 13800000001",
        "finished_at": now,
    }
    return DBTaskResult.objects.create(status=status, **usual | fields)


@pytest.fixture
def operator_browser():
    client = Client()
    client.force_login(User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn"))
    return client


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def breaks(request):
    raise request.META["error"]


urlpatterns = [path("breaks/", breaks), *ours]
handler500 = "marketplace.core.views.server_error"


@pytest.mark.urls("tests.core.test_watching")
class TestWhenSomethingIsAway:
    @pytest.mark.parametrize(
        ("error", "status", "said"),
        [
            (OperationalError("gone"), 503, "请过一分钟再试"),
            (InterfaceError("closed"), 503, "请过一分钟再试"),
            (OSError(errno.ENOSPC, "full"), 503, "暂时存不下新文件"),
            (OSError(errno.EACCES, "shut"), 500, "这里出了点问题"),
            (ValueError("ours"), 500, "这里出了点问题"),
        ],
        ids=["database", "connection", "full", "shut", "ours"],
    )
    def test_says_what_to_do(self, error, status, said):
        answer = Client(raise_request_exception=False).get("/breaks/", error=error)

        assert (answer.status_code, answer.headers.get("Retry-After")) == (status, "60" if status == 503 else None)
        assert said in answer.content.decode()

    def sent(self, **form):
        answer = Client(raise_request_exception=False).post("/breaks/", form, error=OperationalError("gone"))
        return BeautifulSoup(answer.content, "html.parser").find("form")

    def test_keeps_what_was_typed_to_be_sent_once_more(self):
        form = self.sent(name="王样例", note='放门口 "<b>"', chosen=["1", "2"])

        typed = [(field["name"], field["value"]) for field in form("input")]
        assert typed == [("name", "王样例"), ("note", '放门口 "<b>"'), ("chosen", "1"), ("chosen", "2")]
        assert form["method"] == "post" and "action" not in form.attrs  # where it was sent

    def test_keeps_no_passwords_and_no_half_of_a_form(self):
        assert self.sent(name="13900000001", password="rice-in-autumn") is None
        assert self.sent(title="新米", photo=io.BytesIO(b"picture")) is None


def test_who_asks_for_a_site_that_is_not_ours_is_told_nothing(settings):
    settings.ALLOWED_HOSTS = ["yanxing.example"]

    answer = Client(raise_request_exception=False).get("/", headers={"Host": "203.0.113.7"})

    assert (answer.status_code, answer.content) == (400, b"")


class TestHealth:
    def words(self, client):
        return client.get("/healthz").content.decode().splitlines()

    def test_is_well_while_the_worker_speaks(self, client, data_dir):
        watching.beat(timezone.now())

        assert self.words(client)[0] == "ok"

    def test_says_that_the_worker_is_late_and_stays_in_service(self, client):
        assert {"degraded", "worker late"} <= set(self.words(client))

        watching.beat(timezone.now() - timedelta(hours=1))

        assert "worker late" in self.words(client)
        assert client.get("/healthz").status_code == 200

    def test_says_that_the_queue_is_late(self, client):
        old = task("READY")
        DBTaskResult.objects.filter(pk=old.pk).update(enqueued_at=timezone.now() - timedelta(hours=1))

        assert "queue late" in self.words(client)

    def test_says_that_the_disk_is_full(self, client, monkeypatch):
        monkeypatch.setattr(watching, "disk_free", lambda: 0.01)

        assert "disk low" in self.words(client)

    def test_is_503_without_a_database(self, client, monkeypatch):
        def away():
            raise DatabaseError

        monkeypatch.setattr(watching, "read", away)

        assert client.get("/healthz").status_code == 503

    def test_says_so_to_those_who_are_signed_in_as_well(self, operator_browser):
        def away(*_query):
            raise OperationalError("gone")

        with connection.execute_wrapper(away):
            answer = operator_browser.get("/healthz")

        assert (answer.status_code, answer.content) == (503, b"database unavailable\n")

    def test_beats_again_and_again_in_one_row(self):
        watching.beat(timezone.now())
        watching.beat(timezone.now())

        assert Heartbeat.objects.count() == 1


class TestMetrics:
    def test_tell_this_machine_how_the_site_is_doing(self, client):
        task("READY")
        task()
        client.get("/cookies/")

        text = client.get("/metrics").content.decode()

        assert "yanxing_ready 1.0" in text and "yanxing_failed 1.0" in text and "yanxing_database_up 1.0" in text
        assert 'yanxing_requests_total{method="GET",room="cookies",status="2xx"}' in text

    @pytest.mark.parametrize(
        "headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"Authorization": "Bearer "}]
    )
    def test_are_not_there_for_others(self, client, settings, headers):
        away = {} if "Authorization" not in headers else {"REMOTE_ADDR": "192.0.2.1"}

        assert client.get("/metrics", headers=headers, **away).status_code == 404
        assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404

    def test_open_with_the_token(self, client, settings):
        settings.METRICS_TOKEN = "a-token-for-tests"

        def status(token):
            return client.get(
                "/metrics", headers={"Authorization": f"Bearer {token}"}, REMOTE_ADDR="192.0.2.1"
            ).status_code

        assert (status("a-token-for-tests"), status("another"), status("")) == (200, 404, 404)

    def test_make_no_series_of_made_up_addresses(self, client):
        client.get("/made-up-address-123/")
        client.generic("MADEUP", "/cookies/")

        text = client.get("/metrics").content.decode()

        assert "made-up" not in text and "MADEUP" not in text


class TestFailedTasks:
    def test_are_shown_without_people(self, operator_browser):
        task()

        page = operator_browser.get(TASKS).content.decode()

        assert "marketplace.accounts.tasks.forget" in page and "ValueError" in page
        assert "王示例" not in page and "13800000001" not in page

    def test_are_tried_again_once_however_often_one_presses(self, operator_browser):
        failed = task()

        for _press in range(2):
            operator_browser.post(reverse("dashboard:failed-task-again", args=[failed.pk]))

        failed.refresh_from_db()
        assert (failed.status, failed.traceback, failed.finished_at) == ("READY", "", None)
        assert failed in queue.waiting(timezone.now())
        assert AuditEntry.objects.filter(action="task.tried_again").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_really_run_when_tried_again(self, operator_browser, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
        failed = task()
        operator_browser.post(reverse("dashboard:failed-task-again", args=[failed.pk]))

        call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)

        failed.refresh_from_db()
        assert failed.status == "SUCCESSFUL"

    def test_are_tried_again_a_few_times_where_the_reason_may_pass(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
        pauses = []
        for tried in range(len(tasks.PAUSES)):
            assert tasks.later(forget, tried=tried)
            waits = DBTaskResult.objects.get(args_kwargs__kwargs={"tried": tried + 1})
            pauses.append(round((waits.run_after - timezone.now()) / timedelta(minutes=1)))

        assert pauses == [1, 3, 10, 30] and not tasks.later(forget, tried=len(tasks.PAUSES))

    def test_can_be_dropped(self, operator_browser):
        failed, done = task(), task("SUCCESSFUL")

        for each in (failed, done):
            operator_browser.post(reverse("dashboard:failed-task-drop", args=[each.pk]))

        assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [done.pk]

    def test_stay_while_what_succeeded_is_forgotten(self):
        old = timezone.now() - timedelta(days=30)
        task(finished_at=old), task("SUCCESSFUL", finished_at=old), task("SUCCESSFUL")

        chores.forget_results.call()

        assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


class TestTasksOfKilledWorkers:
    @pytest.fixture(autouse=True)
    def clock(self):
        """Now, when the test runs: the suite may have been collected long before."""
        self.now = timezone.now()

    def begun(self, *workers, at=None):
        at = at or self.now - timedelta(hours=1)
        return task("RUNNING", worker_ids=list(workers or ["heron"]), started_at=at, finished_at=None)

    def state_after(self, left):
        chores.catch_up.call()
        left.refresh_from_db()
        return left.status

    def test_wait_in_the_queue_again(self):
        queue.beat("heron", self.now - timedelta(minutes=6))
        left = self.begun()

        assert self.state_after(left) == "READY"
        assert left in queue.waiting(timezone.now()) and left.started_at is None

    def test_are_left_alone_while_the_worker_says_that_it_is_alive(self):
        queue.beat("heron", self.now)

        assert self.state_after(self.begun("stork", "heron")) == "RUNNING"

    def test_are_left_alone_when_just_begun(self):
        assert self.state_after(self.begun(at=self.now)) == "RUNNING"

    def test_wait_for_a_person_once_five_workers_died_of_one(self, operator_browser):
        left = self.begun(*"abcde")

        assert self.state_after(left) == "FAILED"
        assert "WorkerDied" in operator_browser.get(TASKS).content.decode()

    def test_that_ended_meanwhile_stay_ended(self):
        left = self.begun()
        DBTaskResult.objects.filter(pk=left.pk).update(status="SUCCESSFUL")

        assert not queue.put_back(left, self.now)

    def test_come_back_at_once_to_the_worker_that_lost_its_database(self):
        own, other = self.begun("heron", at=self.now), self.begun("stork", at=self.now)

        assert queue.give_back_own("heron", self.now) == 1
        assert [queue.running().get(), queue.waiting(timezone.now()).get()] == [other, own]

    def test_leave_no_names_of_workers_for_ever(self):
        queue.beat("heron", self.now - timedelta(days=8))
        queue.beat("stork", self.now)

        chores.forget_results.call()

        assert Heartbeat.objects.get().name == "worker:stork"


class TestMaintenance:
    @pytest.fixture(autouse=True)
    def closed(self, data_dir):
        call_command("maintenance", "on", "--minutes", "20", stdout=io.StringIO())

    @pytest.mark.parametrize(
        ("address", "word"), [("/", "维护"), ("/en/", "working on the site"), ("/basket/", "维护")]
    )
    def test_closes_the_shop_and_says_when_it_is_back(self, client, address, word):
        answer = client.get(address)

        assert answer.status_code == 503
        assert 1100 < int(answer.headers["Retry-After"]) <= 1200
        assert word in answer.content.decode() and "20" in answer.content.decode()

    def test_takes_no_order_and_no_news(self, client):
        assert client.post("/basket/add/1/").status_code == 503
        assert client.post("/webhooks/stripe/").status_code == 503

    def test_keeps_what_was_typed_to_be_sent_once_more(self, client):
        page = BeautifulSoup(client.post("/checkout/", {"name": "样例买家", "note": "<b>"}).content, "html.parser")

        kept = {box["name"]: box["value"] for box in page.select("form[method=post] input")}
        assert kept == {"name": "样例买家", "note": "<b>"} and page.select_one("form button")

    def test_lets_staff_go_on(self, operator_browser, client):
        assert operator_browser.get("/dashboard/staff/").status_code == 200
        assert client.get("/sign-in/").status_code == 200
        assert "maintenance on" in client.get("/healthz").content.decode()

    def test_takes_a_file_made_by_hand(self, client):
        maintenance.file().write_text("")

        assert client.get("/").headers["Retry-After"] == str(maintenance.RETRY_SECONDS)

    def test_ends(self, client):
        call_command("maintenance", "off", stdout=io.StringIO())

        assert client.get("/cookies/").status_code == 200

    def test_asks_the_database_nothing(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/")


class TestCookies:
    def test_on_every_way_through_the_shop_are_those_of_the_list(self, client):
        goods = shop.product(shop.seller(fee="6.00"))
        link = sharing.make(
            seller=goods.seller,
            product=None,
            sharer="campaign",
            label="秋收样例",
            key=uuid4(),
            by=None,
            at=timezone.now(),
        )
        User.objects.create_user(mobile="13900000001", password="rice-in-autumn")
        names = {each.name for each in COOKIES}

        client.get("/"), client.get(goods.get_absolute_url()), client.get("/basket/"), client.get("/sign-in/")
        client.post(reverse("basket:add"), {"product": goods.pk, "quantity": 1})
        client.post(reverse("basket:province"), {"province": "23"})
        client.post("/text-size/", {"size": "large"})
        client.post("/language/", {"language": "en"})
        client.post(reverse("accounts:sign-in"), {"name": "13900000001", "password": "rice-in-autumn"})
        client.get("/account/"), client.get("/checkout/"), client.get(link.address)

        assert {"sessionid", "csrftoken", "text-size", "shared"} <= set(client.cookies)
        assert set(client.cookies) <= names

    def test_are_told_in_both_languages(self, client):
        for address in ("/cookies/", "/en/cookies/"):
            page = client.get(address).content.decode()
            assert all(f"<code>{each.name}</code>" in page for each in COOKIES)
