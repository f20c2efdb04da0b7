"""The site's processes: web workers under gunicorn, the worker, the stand-in for Stripe. What died is started again, as systemd does it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import requests

from .points import Point

WORKERS, THREADS = 2, 4
LONGEST = 90.0
"""Seconds to wait for anything before it counts as lost."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until(holds: Callable[[], object], what: str, seconds: float = LONGEST) -> None:
    """Wait; AssertionError with the words where it does not come true."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"{what} within {seconds:.0f} s")
        time.sleep(0.1)


class House:
    """``with House(database_url, folder) as house: … house.url``. ``provider``: the address of a stand-in that runs already."""

    def __init__(self, database_url: str, folder: Path, provider: str = "", port: int = 0, **settings: str):
        self.folder, self.file, port = folder, folder / "point", port or free_port()
        self.url, self.has_own_provider = f"http://127.0.0.1:{port}", not provider
        self.provider = provider or f"http://127.0.0.1:{free_port()}"
        self.environment = os.environ | settings
        self.environment |= {"DJANGO_SETTINGS_MODULE": "bench.faults.settings", "DATABASE_URL": database_url}
        self.environment |= {"DATA_DIR": str(folder), "FAULTS_FILE": str(self.file), "SITE_URL": self.url}
        self.environment |= {"PAYMENTS": "stripe-demo", "STRIPE_API_BASE": self.provider}
        self.running: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "House":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.forget_point()
        names = ["web", "work", *(["stripe"] if self.has_own_provider else [])]
        for name in names:
            self.start(name)
        try:
            until(self.answers, "the site answers", 3 * LONGEST)
        except BaseException:
            self.__exit__()
            raise
        return self

    def stop(self, name: str) -> None:
        """As a machine that is switched off."""
        process = self.running.pop(name)
        process.kill()
        process.wait(15)

    def __exit__(self, *error) -> None:
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()

    def command(self, name: str) -> list[str]:
        if name == "web":
            address = self.url.removeprefix("http://")
            size = ["--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "error", "--preload"]
            return ["-m", "gunicorn", "marketplace.wsgi", "--bind", address, *size]
        return ["-m", {"work": "bench.faults.nursery", "stripe": "bench.faults.provider"}[name]]

    def start(self, name: str, **settings: str) -> None:
        log = open(self.folder / f"{name}.log", "ab")  # noqa: SIM115  (it lives as long as the process)
        self.running[name] = subprocess.Popen(
            [sys.executable, *self.command(name)],
            env=self.environment | {"FAULTS_ROLE": name} | settings,
            stdout=log,
            stderr=log,
        )

    def mend(self) -> None:
        """Let the worker that died be started again, as systemd does it; gunicorn does so for its own."""
        with suppress(FileNotFoundError):
            self.fired.rename(self.file.with_suffix(".seen"))

    def answers(self) -> bool:
        with suppress(requests.RequestException):
            requests.get(f"{self.provider}/page.css", timeout=10)
            return requests.get(f"{self.url}/healthz", timeout=10).status_code == 200
        return False

    @property
    def has_fired(self) -> bool:
        """True if the point that was set was reached by its process, which is gone."""
        return self.fired.exists() or self.file.with_suffix(".seen").exists()

    @property
    def fired(self) -> Path:
        return self.file.with_suffix(".fired")

    def set_point(self, point: Point) -> None:
        """From now on the next process of the point's role that gets there dies."""
        self.forget_point()
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{point.role} {point.name}")
        fresh.rename(self.file)

    def forget_point(self) -> None:
        for file in (self.file, self.fired, self.file.with_suffix(".seen")):
            file.unlink(missing_ok=True)


def address_of(connection) -> str:
    """How a process of its own finds the database of this connection."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
