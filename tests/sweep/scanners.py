"""``python -m tests.sweep.scanners``: semgrep with rules of our own over our code, then sqlmap and wapiti (Debian has both) against a copy of
the site on this machine, with demonstration data. semgrep (``pipx install semgrep``) takes 400 MB, so it is not among what everybody installs.
"""

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

from tests.house.sources import PACKAGES

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


def breaches() -> list[str]:
    """Where our code breaks a rule of tests/sweep/rules; exits where a rule does not find what it is for."""
    usual = ["--metrics=off", "--disable-version-check"]
    rules = Path(__file__).parent / "rules"
    if subprocess.run(["semgrep", "scan", "--test", *usual, str(rules)], capture_output=True).returncode:
        raise SystemExit(
            "semgrep: a rule does not find what it is for; semgrep scan --test tests/sweep/rules says which"
        )
    command = ["semgrep", "scan", *usual, "--quiet", "--json", "--exclude=migrations", f"--config={rules / 'ours.yml'}"]
    said = subprocess.run([*command, *PACKAGES], capture_output=True, text=True, check=True).stdout
    told = json.loads(said)
    print(f"semgrep: {len(told['paths']['scanned'])} modules read")
    return [f"{each['path']}:{each['start']['line']} {each['check_id']}" for each in told["results"]]


SCANNERS = {"sqlmap": injectable, "wapiti": weaknesses}


def main() -> None:
    """Whatever is installed has a look. Exits 1 where something was found."""
    installed = [name for name in ("semgrep", *SCANNERS) if shutil.which(name)]
    for name in {"semgrep", *SCANNERS} - {*installed}:
        print(f"{name} left out: not installed")
    found: dict[str, object] = {"semgrep": breaches()} if "semgrep" in installed else {}
    against_it = [name for name in installed if name in SCANNERS]
    if against_it:
        with site() as home, tempfile.TemporaryDirectory(prefix="yanxing-scans-") as folder:
            found |= {name: SCANNERS[name](home, folder) for name in against_it}
    for name, weak in found.items():
        print(f"{name}: {weak or 'nothing found'}")
    if any(found.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
