"""Two web hosts in network namespaces, with one PostgreSQL, one Redis and one folder of media; deploy/nginx/balancer.conf before them
with TLS; the production settings. One host is killed while twenty buyers buy.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3
from bs4 import BeautifulSoup
from requests.adapters import HTTPAdapter

from bench import site
from bench.browser import ADDRESS, Guest
from tests.house.production import ENVIRONMENT

from .servers import GOODS, PACK, PURCHASES, Postgres, Redis, free_port, home, say, until

BUYERS, ROUNDS = 20, 5
KILLED_AFTER = BUYERS * ROUNDS // 4
PRESSES = 20
DEPLOY = Path("deploy")
GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "marketplace.wsgi",
    "--workers",
    "2",
    "--threads",
    "4",
    "--log-level",
    "error",
]


def sh(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


class Host:
    """A machine with nothing of its own but processes: a namespace with a cable to ours."""

    def __init__(self, number: int):
        self.name, self.cable = f"yanxing{number}", f"yx{number}"
        self.here, self.address = f"10.77.{number}.1", f"10.77.{number}.2"
        self.process: subprocess.Popen | None = None

    def build(self) -> None:
        sh("ip", "netns", "add", self.name)
        sh("ip", "link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        sh("ip", "addr", "add", f"{self.here}/24", "dev", self.cable)
        sh("ip", "link", "set", self.cable, "up")
        self.inside("ip", "addr", "add", f"{self.address}/24", "dev", "eth0")
        self.inside("ip", "link", "set", "eth0", "up")
        self.inside("ip", "link", "set", "lo", "up")
        self.inside("ip", "route", "add", "default", "via", self.here)

    def inside(self, *words: str) -> None:
        sh("ip", "netns", "exec", self.name, *words)

    def start(self, environment: dict[str, str]) -> None:
        words = ["ip", "netns", "exec", self.name, *GUNICORN, "--bind", "0.0.0.0:8000"]
        self.process = subprocess.Popen(words, env=environment, start_new_session=True)
        until(self.answers, f"{self.name} answers")

    def answers(self) -> bool:
        with suppress(requests.RequestException):
            told = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https"}
            return requests.get(f"http://{self.address}:8000/healthz", headers=told, timeout=5).status_code == 200
        return False

    def kill(self) -> None:
        """Power off."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def remove(self) -> None:
        self.kill()
        subprocess.run(["ip", "netns", "del", self.name], check=False, stderr=subprocess.DEVNULL)


@contextmanager
def balancer(folder: Path, port: int, hosts: list[Host]) -> Iterator[None]:
    """nginx with our file, its names put in."""
    key = ["-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(["openssl", "req", "-x509", *key, *files], check=True, capture_output=True)
    text = re.sub(r"server \{  # whoever.*?\n\}\n", "", (DEPLOY / "nginx/balancer.conf").read_text(), flags=re.DOTALL)
    media = (DEPLOY / "nginx/yanxing-media.inc").read_text().replace("/srv/yanxing/data/", f"{folder}/data/")
    (folder / "media.inc").write_text(media)
    for written, meant in {
        "/etc/yanxing/tls/": f"{folder}/",
        "/etc/nginx/yanxing-proxy.inc": str((DEPLOY / "nginx/yanxing-proxy.inc").resolve()),
        "/etc/nginx/yanxing-media.inc": f"{folder}/media.inc",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "shop.example.org": "127.0.0.1",
        "10.0.0.11:8000": f"{hosts[0].address}:8000",
        "10.0.0.12:8000": f"{hosts[1].address}:8000",
    }.items():
        assert written in text, written
        text = text.replace(written, meant)
    whole = folder / "nginx.conf"
    whole.write_text(f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    process = subprocess.Popen(["nginx", "-c", whole, "-g", "daemon off;"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


class Buyer(Guest):
    """Comes from an address of her own, and presses again where nothing answers."""

    def __init__(self, url: str, number: int):
        super().__init__(url)
        self.failed, self.session.verify, self.session.trust_env = 0, False, False
        self.session.mount("https://", From(f"127.7.0.{number + 1}"))

    def answered(self, answer: requests.Response) -> requests.Response:
        return answer

    def get(self, path: str) -> requests.Response:
        return self.until_answered(lambda: super(Buyer, self).get(path), path)

    def post(self, path: str, data: dict, **headers: str) -> requests.Response:
        return self.until_answered(lambda: super(Buyer, self).post(path, data, **headers), path)

    def until_answered(self, press, path: str) -> requests.Response:
        last = ""
        for _press in range(PRESSES):
            try:
                answer = press()
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer
                last = str(answer.status_code)
            except (requests.ConnectionError, requests.Timeout) as error:
                last = str(error)
            self.failed += 1
            time.sleep(0.5)
        raise RuntimeError(f"{path} was never answered: {last}")

    def buys(self, pack: int) -> str:
        """A purchase paid to the courier; the address of its page."""
        self.get("/products/")
        self.post("/basket/add/", {"product": pack, "quantity": 1}, **{"X-Requested-With": "fetch"})
        self.get("/checkout/")
        address = ADDRESS | {"payment_method": "cash"}
        page = BeautifulSoup(self.post("/checkout/", address | {"refresh": "1"}).content, "html.parser")
        form = address | {name: page.find("input", {"name": name})["value"] for name in ("basket", "seen")}
        answer = self.order(form)
        assert "/purchase/" in answer.url, BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)[:500]
        return urlsplit(answer.url).path


class From(HTTPAdapter):
    """Requests that come from one of this machine's many loopback addresses."""

    def __init__(self, source: str):
        self.source = source
        super().__init__()

    def init_poolmanager(self, *args, **more):
        super().init_poolmanager(*args, source_address=(self.source, 0), **more)


def manage(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *words], env=environment, capture_output=True, text=True, check=False
    )


def main() -> None:
    urllib3.disable_warnings()
    hosts = [Host(1), Host(2)]
    with home("hosts") as folder:
        listens = ",".join(["127.0.0.1", *(host.here for host in hosts)])
        database, cache = Postgres(folder / "postgres", listens=listens), Redis(listens)
        try:
            for host in hosts:
                host.remove()
                host.build()
            cache.start()
            database.make()
            shop(folder, database, cache, hosts)
        finally:
            for host in hosts:
                host.remove()
            cache.stop()
            database.stop()


def shop(folder: Path, database: Postgres, cache: Redis, hosts: list[Host]) -> None:
    port = free_port()
    usual = os.environ | ENVIRONMENT | {"SITE_URL": f"https://127.0.0.1:{port}", "ALLOWED_HOSTS": "127.0.0.1"}
    usual |= {"DATA_DIR": str(folder / "data"), "LOG_LEVEL": "ERROR"}

    def of(address: str) -> dict[str, str]:
        """What a process is told on a machine that reaches database and cache at this address."""
        places = {"DATABASE_URL": f"postgres://root@{address}:{database.port}/yanxing"}
        return usual | places | {"REDIS_URL": f"redis://{address}:{cache.port}/0"}

    ours = of("127.0.0.1")
    shutil.copytree(Path(site.environment(GOODS)["DATA_DIR"]) / "media", folder / "data" / "media")
    for words in (["migrate", "-v0"], ["reconcile", "--repair"], ["collectstatic", "--no-input", "-v0"]):
        if (done := manage(ours, *words)).returncode:
            raise RuntimeError(done.stderr)
    for host in hosts:
        host.start(of(host.here))
    with balancer(folder, port, hosts):
        tell(f"https://127.0.0.1:{port}", database, hosts, of)
        said = manage(ours, "reconcile")
        say(f"reconcile: exit {said.returncode}; {said.stdout.strip().splitlines()[-1]}")


def tell(url: str, database: Postgres, hosts: list[Host], of) -> None:
    page = BeautifulSoup(Buyer(url, BUYERS).get("/products/").content, "html.parser")
    pictures = [image["src"] for image in page.select("img[src^='/media/']")]
    found = [Buyer(url, BUYERS).get(each).status_code for each in pictures]
    assert pictures and found.count(200) == len(pictures), "pictures do not reach readers"
    say(f"pictures of the first page of products: {found.count(200)} of {len(pictures)} answered")
    bought: list[str] = []
    begun, pack = database.ask(PURCHASES), database.ask(PACK)
    buyers = [Buyer(url, number) for number in range(BUYERS)]

    def shopping(buyer: Buyer) -> None:
        for _round in range(ROUNDS):
            bought.append(buyer.buys(pack))

    with ThreadPoolExecutor(BUYERS) as people:
        under_way = [people.submit(shopping, buyer) for buyer in buyers]
        until(lambda: len(bought) >= KILLED_AFTER or all(one.done() for one in under_way), "a quarter is bought")
        hosts[0].kill()
        say(f"{hosts[0].name} killed after {len(bought)} purchases, {BUYERS} buyers under way")
        for one in under_way:
            one.result()
    rows = database.ask(PURCHASES) - begun
    lost, doubled = BUYERS * ROUNDS - len(set(bought)), rows - len(set(bought))
    pressed_again = sum(buyer.failed for buyer in buyers)
    say(
        f"purchases: {len(bought)} told, {rows} in the database; {lost} lost, {doubled} doubled; pressed again {pressed_again} times"
    )
    hosts[0].start(of(hosts[0].here))
    time.sleep(6)
    say(f"{hosts[0].name} started again: {'answers' if hosts[0].answers() else 'silent'}")
