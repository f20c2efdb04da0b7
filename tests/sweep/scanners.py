"""``python -m tests.sweep.scanners``: sqlmap and wapiti (Debian has both) against a copy of the site on this machine, with demonstration data."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

PLACES = (
    "/products/?q=rice",
    "/products/?q=rice&sort=price&page=1",
    "/products/suggest/?q=ri",
    "/training/certificates/?code=A1",
)
MODULES = "sql,timesql,exec,file,crlf,redirect,permanentxss,xss,ssrf,htaccess,methods"
SECONDS, SECONDS_OF_A_MODULE = 100, 15
"""How long wapiti looks for pages, and how long each of its modules may attack them: without the second it goes on for hours."""


def surroundings(folder: str, port: int) -> dict[str, str]:
    """The environment of a site that lives in a folder. Nothing else is handed on: a database, mail or text messages that this shell
    names may be real."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.development",
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/sweep.sqlite3",
        "REDIS_URL": "",
        "PAYMENTS": "demo",
        "SITE_URL": f"http://127.0.0.1:{port}",
    }


@contextmanager
def site():
    """A site of its own with demonstration data; its address."""
    with tempfile.TemporaryDirectory(prefix="yanxing-sweep-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        told = surroundings(folder, port)
        for command in (["migrate", "-v0"], ["load_demo", "--once"]):
            subprocess.run([sys.executable, "manage.py", *command], env=told, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "marketplace.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4"],
            env=told,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    for _ in range(120):
        try:
            urlopen(address, timeout=5)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer")


def injectable(home: str, folder: str) -> list[str]:
    """What sqlmap gets into, place by place."""
    found = []
    for place in PLACES:
        command = [
            "sqlmap",
            "-u",
            home + place,
            "--batch",
            "--technique=BEU",
            "--flush-session",
            f"--output-dir={folder}",
        ]
        said = subprocess.run(command, capture_output=True, text=True, timeout=600).stdout
        tested = "do not appear to be injectable" in said or "does not seem to be injectable" in said
        print(f"sqlmap {place}: {'nothing injectable' if tested else said[-400:]}")
        found += [] if tested else [place]
    return found


def weaknesses(home: str, folder: str) -> dict[str, int]:
    """What wapiti finds, by kind."""
    report = Path(folder) / "wapiti.json"
    command = [
        "wapiti",
        "-u",
        f"{home}/",
        "-m",
        MODULES,
        "--max-scan-time",
        str(SECONDS),
        "--max-attack-time",
        str(SECONDS_OF_A_MODULE),
        "--flush-session",
        "-f",
        "json",
        "-o",
        str(report),
    ]
    most = 2 * (SECONDS + SECONDS_OF_A_MODULE * (MODULES.count(",") + 1))
    subprocess.run([*command, "--no-bugreport", "-v", "0"], timeout=most, stdout=subprocess.DEVNULL)
    told = json.loads(report.read_text())
    print(f"wapiti: {told['infos'].get('crawled_pages_nbr', '?')} pages crawled")
    return {
        kind: len(found) for part in ("vulnerabilities", "anomalies") for kind, found in told[part].items() if found
    }


SCANNERS = {"sqlmap": injectable, "wapiti": weaknesses}


def main() -> None:
    """Whatever is installed has a look. Exits 1 where something was found."""
    installed = [name for name in SCANNERS if shutil.which(name)]
    for name in [name for name in SCANNERS if name not in installed]:
        print(f"{name} left out: not installed (apt-get install {name})")
    if not installed:
        return
    with site() as home, tempfile.TemporaryDirectory(prefix="yanxing-scans-") as folder:
        found = {name: SCANNERS[name](home, folder) for name in installed}
    for name, weak in found.items():
        print(f"{name}: {weak or 'nothing found'}")
    sys.exit(any(found.values()))


if __name__ == "__main__":
    main()
