"""What is written into logs names nobody."""

import io
import json
import logging
import logging.config

import pytest
from django.test import Client

from marketplace.accounts.models import User
from marketplace.core import logs
from marketplace.settings.mail_and_logs import logging_as


@pytest.fixture
def lines():
    """Whatever is logged as production does, one dictionary a line."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.Json())
    handler.addFilter(logs.Named())
    root, own = logging.getLogger(), logging.getLogger("yanxing.requests")
    before = root.level, own.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    own.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before[0])
    own.setLevel(before[1])


class TestMasking:
    @pytest.mark.parametrize(
        ("said", "hidden"),
        [
            ("call 13800000001 now", "13800000001"),
            ("call +8613800000001", "13800000001"),
            ("call 138 0000 0001", "0000 0001"),
            ("card 110101199003078515", "110101199003078515"),
            ("card 11010119900307851X", "11010119900307851"),
            ("bank 6222021234567890123", "6222021234567890123"),
            ("to wang.li@example.org", "wang.li"),
            ("for 王示例", "王示例"),
            ("to 讷河市示例路 8 号", "示例路"),
            ("Not Found: /purchases/Zm9vYmFyYmF6cXV4cXV1eA/", "Zm9vYmFyYmF6"),
            ("null value\nDETAIL:  Failing row contains (1, one\n\nLi Ming).\n\nThe above exception", "Li Ming"),
            ("duplicate key\nDETAIL:  Failing row contains (1, Li Ming).", "Li Ming"),
        ],
        ids=lambda text: text[:12],
    )
    def test_leaves_nothing_of_a_person(self, said, hidden):
        assert hidden not in logs.masked(said)

    @pytest.mark.parametrize(
        "said", ["took 12.5 ms", "order 20261126123", "2026-11-26 17:00:00,123 INFO", "payout_paid 17"]
    )
    def test_leaves_everything_else(self, said):
        assert logs.masked(said) == said


class TestALine:
    def test_is_json_with_the_fields_one_looks_for(self, lines):
        logging.getLogger("some.where").warning("it took %s ms", 5)

        line = lines()[-1]
        assert (line["level"], line["logger"], line["message"]) == ("WARNING", "some.where", "it took 5 ms")
        assert "time" in line

    def test_writes_people_as_numbers(self, lines):
        logging.getLogger("x").warning("sent to %s", User(pk=7, nickname="Wang Li"))

        assert lines()[-1]["message"] == "sent to accounts.user:7"

    def test_masks_tracebacks(self, lines):
        try:
            raise ValueError("王示例 13800000001")
        except ValueError:
            logging.getLogger("x").exception("failed")

        text = json.dumps(lines()[-1], ensure_ascii=False)
        assert "ValueError" in text and "王示例" not in text and "13800000001" not in text

    def test_stays_json_where_the_database_tells_a_row(self, lines):
        try:
            raise ValueError('duplicate key\nDETAIL:  Key (name)=("Li Ming") exists.\n')
        except ValueError:
            logging.getLogger("x").exception("failed", stack_info=True)

        line = lines()[-1]
        assert line["message"] == "failed" and "DETAIL: …" in line["exc_info"] and "stack_info" in line
        assert "Li Ming" not in line["exc_info"]

    def test_leaves_out_what_libraries_hang_on_it(self, lines):
        logging.getLogger("x").warning("failed", extra={"request": "<WSGIRequest: GET '/?q=secret'>", "body": "secret"})

        assert "secret" not in json.dumps(lines()[-1])

    @pytest.mark.parametrize("form", ["line", "json"])
    def test_of_either_form_can_be_set_up(self, form):
        logging.config.DictConfigurator(logging_as(form)).configure_custom(logging_as(form)["formatters"][form] | {})


@pytest.mark.django_db
class TestARequest:
    def test_is_noted_by_its_route_with_its_number(self, lines, client):
        answer = client.get("/cookies/?q=secret", headers={"User-Agent": "secret"})

        noted = [line for line in lines() if line["logger"] == "yanxing.requests"][-1]
        assert noted["request_id"] == answer.headers["X-Request-ID"]
        assert (noted["status"], noted["method"], noted["route"]) == (200, "GET", "cookies/")
        assert "secret" not in json.dumps(lines())

    def test_keeps_the_number_a_proxy_of_ours_gave(self, client, settings):
        settings.PROXIES = 1
        assert (
            client.get("/cookies/", headers={"X-Request-ID": "abcdef012345"}).headers["X-Request-ID"] == "abcdef012345"
        )

        settings.PROXIES = 0
        assert (
            client.get("/cookies/", headers={"X-Request-ID": "abcdef012345"}).headers["X-Request-ID"] != "abcdef012345"
        )

    @pytest.mark.parametrize("given", ["a\r\nSet-Cookie: a=b", "<script>", "x", "a" * 100])
    def test_takes_no_nonsense_for_a_number(self, client, settings, given):
        settings.PROXIES = 1

        assert given not in client.get("/cookies/", headers={"X-Request-ID": given}).headers["X-Request-ID"]

    def test_gets_a_number_when_it_fails(self):
        answer = Client(raise_request_exception=False).get("/nowhere/")

        assert len(answer.headers["X-Request-ID"]) == 32
