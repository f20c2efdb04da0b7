"""Files in an object store: a server that speaks S3 is run for real, on the loopback."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.http import FileResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from storages.backends.s3 import S3File

from marketplace.core import held_files, images, object_store, watching
from marketplace.core.private_files import private_storage
from marketplace.payment import actions as payment
from marketplace.payment.models import PaymentAttempt
from marketplace.urls import urlpatterns as ours
from tests import shop
from tests.core.test_backups import every_file, say
from tests.listings import photo

KEYS = {"access_key": "key", "secret_key": "secret", "region_name": "cn-north-1", "style": "path"}
SHUT = "http://127.0.0.1:9"
"""Nobody listens there."""
BUCKETS = {"default": ("media", "/media/"), "private": ("papers", "")}


@pytest.fixture(scope="module")
def server():
    """Address of a store with two empty buckets."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    address = "http://{}:{}".format(*running.get_host_and_port())
    client = boto3.client("s3", endpoint_url=address, aws_access_key_id="key", aws_secret_access_key="secret")
    for name, _url in BUCKETS.values():
        client.create_bucket(Bucket=name)
    yield address
    running.stop()


@pytest.fixture
def kept_there(server, settings):
    """This site with its files in the store; empties it afterwards."""
    put(settings, server)
    yield
    for alias in BUCKETS:
        storages[alias].bucket.objects.all().delete()


def put(settings, address: str, **options: str) -> None:
    settings.OBJECT_STORE = address
    settings.STORAGES = settings.STORAGES | {
        alias: {
            "BACKEND": "marketplace.core.object_store.ObjectStore",
            "OPTIONS": KEYS | {"endpoint_url": address, "bucket_name": name, "base_url": url} | options,
        }
        for alias, (name, url) in BUCKETS.items()
    }


@pytest.mark.usefixtures("kept_there")
class TestAFile:
    def test_comes_back_as_it_went(self):
        name = default_storage.save("示例/米 1.webp", ContentFile(b"rice"))

        assert default_storage.open(name).read() == b"rice"
        assert default_storage.size(name) == 4

    def test_is_addressed_on_the_shops_own_host(self):
        assert default_storage.url("示例/米 1.webp") == "/media/%E7%A4%BA%E4%BE%8B/%E7%B1%B3%201.webp"

    def test_of_the_closed_bucket_has_no_address(self):
        with pytest.raises(ValueError, match="not accessible"):
            private_storage().url("slips/a.webp")

    def test_never_takes_the_place_of_another(self):
        first = default_storage.save("a.webp", ContentFile(b"first"))
        second = default_storage.save("a.webp", ContentFile(b"second"))

        assert first != second
        assert default_storage.open(first).read() == b"first"

    def test_that_is_gone_is_missed_like_one_on_a_disk(self):
        with pytest.raises(FileNotFoundError):
            default_storage.open("gone.webp")

    def test_nobody_took_in_is_deleted_once_its_token_is_dead(self):
        stored = held_files.held(held_files.hold(b"rows", "a.csv", purpose="sales"), purpose="sales").stored

        held_files.forget(timezone.now())
        assert private_storage().exists(stored)

        held_files.forget(timezone.now() + timedelta(seconds=held_files.KEPT_SECONDS + 60))
        assert not private_storage().exists(stored)

    def test_a_photo_in_both_sizes(self):
        name = images.store(photo())

        assert default_storage.exists(name) and default_storage.exists(images.small_name(name))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_there")
def test_a_copy_holds_what_lies_in_the_store_and_brings_it_back(tmp_path):
    default_storage.save("goods/a.webp", ContentFile(b"rice" * 1000))
    default_storage.save("goods/b.webp", ContentFile(b"millet"))
    private_storage().save("slips/a.webp", ContentFile(b"slip"))
    before = every_file()
    say("backup", tmp_path / "copy")
    default_storage.delete("goods/a.webp")
    private_storage().delete("slips/a.webp")
    private_storage().save("slips/a.webp", ContentFile(b"another"))

    said = say("restore", tmp_path / "copy", replace=True)

    assert "0 rows and 0 files lost" in said
    assert every_file() == before and len(before) == 3


def keeps_a_file(request):
    default_storage.save("a.webp", ContentFile(b"a"))


urlpatterns = [path("keeps/", keeps_a_file), *ours]
handler500 = "marketplace.core.views.server_error"


class TestWhenItIsAway:
    @pytest.fixture
    def away(self, settings):
        put(settings, SHUT)

    @pytest.mark.urls("tests.core.test_object_store")
    def test_people_are_told_so(self, away):
        answer = Client(raise_request_exception=False).post("/keeps/")

        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "文件暂时存不了" in answer.content.decode()

    @pytest.mark.urls("tests.core.test_object_store")
    def test_a_bucket_that_is_not_there_is_told_in_the_same_way(self, server, settings):
        put(settings, server, bucket_name="nobodys")

        assert Client(raise_request_exception=False).post("/keeps/").status_code == 503

    def test_it_does_not_answer(self, away):
        assert not object_store.answers()

    @pytest.mark.django_db
    def test_health_says_so_and_the_host_stays_in_service(self, client, settings, server):
        put(settings, server)
        watching.beat(timezone.now())
        watching.ask_store(timezone.now())
        assert "files ok" in client.get("/healthz").content.decode()

        before = timezone.now() - timedelta(hours=1)
        watching.Heartbeat.objects.filter(name=watching.STORE).update(at=before)
        put(settings, SHUT)
        watching.ask_store(timezone.now())
        answer = client.get("/healthz")
        assert (answer.status_code, "files away" in answer.content.decode()) == (200, True)


class Silent(BaseHTTPRequestHandler):
    """Says that a file is there, and breaks off in the middle of it."""

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()

    def do_GET(self):
        self.do_HEAD()
        self.wfile.write(b"half")

    def log_message(self, *said):
        pass


class TestAFileThatBreaksOff:
    @pytest.fixture
    def half(self, settings):
        with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            put(settings, f"http://127.0.0.1:{server.server_port}")
            yield
            server.shutdown()

    def test_is_noticed_before_anything_of_it_is_handed_out(self, half):
        with pytest.raises(Exception, match=".") as broken:  # noqa: PT011
            private_storage().open("slips/a.webp")

        assert object_store.is_away(broken.value)

    def test_is_missed_where_it_was_deleted_between_question_and_answer(self, kept_there, monkeypatch):
        name = default_storage.save("a.webp", ContentFile(b"a"))
        load = S3File.__init__
        monkeypatch.setattr(
            S3File, "__init__", lambda self, *a, **k: (load(self, *a, **k), default_storage.delete(name))[0]
        )

        with pytest.raises(FileNotFoundError):
            default_storage.open(name)


@pytest.mark.django_db
def test_a_paper_is_kept_there_and_handed_out(kept_there, monkeypatch):
    """A column asks for its storage when it is made, so this one is told by hand which it is."""
    monkeypatch.setattr(PaymentAttempt._meta.get_field("slip"), "storage", private_storage())
    attempt = shop.buy(shop.product(shop.seller()), payment_method="transfer").attempts.get()

    payment.add_slip(attempt=attempt, file=images.safe_copy(photo()), at=timezone.now())

    kept = PaymentAttempt.objects.get().slip
    assert private_storage().listdir("slips")[1] == [kept.name.removeprefix("slips/")]
    answer = FileResponse(kept.open())
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


@pytest.mark.django_db
def test_a_site_with_folders_says_nothing_of_a_store(client):
    assert "files" not in client.get("/healthz").content.decode()
    assert "yanxing_store_seconds" not in client.get("/metrics").content.decode()
