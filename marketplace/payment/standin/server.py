"""The stand-in as an http server on this machine only: the calls under /v1/, and its pages."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from . import checkout, connect, pages
from .api import Api, Call, as_json, request_id
from .news import Faults, Messenger
from .refusals import Refusal
from .store import Store

MOST_BYTES = 1_000_000


class StandIn:
    """A whole provider: ``with StandIn(webhook=…, secret=…) as stripe: … stripe.base``."""

    def __init__(self, *, port: int = 0, webhook: str = "", secret: str = "", file: Path | None = None):
        self.faults, self.store = Faults(), Store(file)
        handler = type("Handler", (Handler,), {"stand_in": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.api = Api(self.store, self.base, self.faults)
        if webhook:
            messenger = Messenger(webhook, secret, self.faults)
            self.store.on_event = messenger.hear
            messenger.start()

    def __enter__(self) -> "StandIn":
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.server.shutdown()
        self.server.server_close()

    def serve(self) -> None:
        """Until stopped."""
        self.server.serve_forever()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    stand_in: StandIn
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/v1/"):
            self.call()
        elif path == "/page.css":
            self.send(200, pages.style().encode(), "text/css; charset=utf-8")
        elif path.startswith("/setup/"):
            self.html(200, pages.setup())
        else:
            self.show(path)

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/v1/"):
            self.call()
        elif path.startswith("/setup/"):
            self.set_up(path.removeprefix("/setup/"))
        else:
            self.press(path.removeprefix("/c/pay/"))

    def call(self) -> None:
        """A call of the shop's client."""
        address = urlsplit(self.path)
        call = Call(
            self.command,
            address.path,
            address.query,
            self.body(),
            self.headers.get("Idempotency-Key", ""),
            self.headers.get("Authorization", "").removeprefix("Bearer "),
            self.headers.get("Stripe-Account", ""),
        )
        answer = self.stand_in.api.answer(call)
        extra = {"Request-Id": request_id()} | ({"Idempotent-Replayed": "true"} if answer.replayed else {})
        self.send(answer.status, as_json(answer.body), "application/json", extra)

    def show(self, path: str) -> None:
        """The page of a session."""
        store = self.stand_in.store
        with store.change():
            session = store.get("checkout.session", path.removeprefix("/c/pay/"))
            if session is None:
                return self.html(404, pages.over(None))
            checkout.get(store, session["id"])
        return self.html(200, pages.checkout(session) if session["status"] == "open" else pages.over(session))

    def press(self, number: str) -> None:
        """The buyer pressed a button of that page."""
        form, store = parse_qs(self.body()), self.stand_in.store
        method = form.get("method", ["card"])[0]
        try:
            with store.change():
                if form.get("do") == ["decline"]:
                    return self.html(200, pages.checkout(checkout.decline(store, number, method), declined=True))
                session = checkout.pay(store, number, method)
        except Refusal:
            return self.html(409, pages.over(store.get("checkout.session", number)))
        return self.lead_to(session["success_url"])

    def set_up(self, number: str) -> None:
        store = self.stand_in.store
        with store.change():
            connect.submit_details(store, number)
        self.lead_to(store.state["covers"].get(number, {}).get("return_url") or "/")

    def body(self) -> str:
        length = min(int(self.headers.get("Content-Length") or 0), MOST_BYTES)
        return self.rfile.read(length).decode("utf-8", "replace")

    def lead_to(self, address: str) -> None:
        self.send(303, b"", "text/plain", {"Location": address})

    def html(self, status: int, text: str) -> None:
        policy = {"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:"}
        self.send(status, text.encode(), "text/html; charset=utf-8", policy)

    def send(self, status: int, body: bytes, kind: str, extra: dict[str, str] | None = None) -> None:
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(extra or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args) -> None:
        """Silent: what people do on its pages is nobody's log."""
