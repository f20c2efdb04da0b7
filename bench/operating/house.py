"""Web and worker of a site with servers of its own."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import requests

from .servers import Postgres, Redis, free_port


class House:
    """Web and worker; ``clock`` is what faketime is told."""

    def __init__(self, folder: Path, database: Postgres, cache: Redis):
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.operating.settings",
            "DATABASE_URL": f"{database.address}/{database.database}",
            "REDIS_URL": f"redis://127.0.0.1:{cache.port}/0",
            "DATA_DIR": str(folder),
            "SITE_URL": self.url,
        }
        self.running: dict[str, subprocess.Popen] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, clock: str = "") -> None:
        words = {
            "web": ["-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
            + ["--threads", "4", "--log-level", "error"],
            "work": ["manage.py", "work"],
        }[name]
        before = ["faketime", "-f", clock] if clock else []
        log = open(self.folder / f"{name}.log", "ab")  # noqa: SIM115  (it lives as long as the process)
        self.running[name] = subprocess.Popen(
            [*before, sys.executable, *words], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def kill(self, name: str) -> None:
        process = self.running.pop(name, None)
        if process:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def is_well(self) -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}/healthz", timeout=10).status_code == 200
        return False

    def prepare(self) -> None:
        """The catalogue may be older than the code, and others have measured with its stock."""
        for words in (["migrate", "-v0"], ["reconcile", "--repair"]):
            if (done := self.manage(*words)).returncode:
                raise RuntimeError(done.stdout + done.stderr)

    def manage(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *words], env=self.environment, capture_output=True, text=True, check=False
        )
