"""Text messages: the gateway as it is really called, and nobody where none is named."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from marketplace.accounts import sms


class Gateway(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers with the status it is told."""

    status = 200
    seen: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Gateway.seen.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(Gateway.status)
        self.end_headers()

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def gateway(settings):
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_PROVIDER = "marketplace.accounts.sms.HttpProvider"
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/send", "a-token"
    Gateway.status, Gateway.seen = 200, []
    yield Gateway
    server.shutdown()
    server.server_close()


def test_a_gateway_is_given_number_text_and_token(gateway):
    sms.send("+8613900000001", "验证码 123456")

    assert gateway.seen == [("Bearer a-token", {"to": "+8613900000001", "text": "验证码 123456"})]


def test_a_refusal_is_not_taken_for_success(gateway):
    gateway.status = 500

    with pytest.raises(sms.NotSent):
        sms.send("+8613900000001", "验证码 123456")


def test_a_gateway_that_is_gone_is_not_taken_for_success(settings):
    settings.SMS_PROVIDER, settings.SMS_URL = "marketplace.accounts.sms.HttpProvider", "http://127.0.0.1:9/"
    settings.SMS_TOKEN = ""

    with pytest.raises(sms.NotSent):
        sms.send("+8613900000001", "验证码 123456")


def test_nobody_sends_where_nobody_was_engaged(settings):
    settings.SMS_PROVIDER = "marketplace.accounts.sms.NoProvider"

    with pytest.raises(sms.NotSent):
        sms.send("+8613900000001", "验证码 123456")


def test_the_console_shows_the_text_in_development(settings, capsys):
    settings.SMS_PROVIDER = "marketplace.accounts.sms.ConsoleProvider"

    sms.send("+8613900000001", "验证码 123456")

    assert "123456" in capsys.readouterr().out
