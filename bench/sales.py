"""`python -m bench sales`: importing a hundred thousand lines twice, and the dashboards over a million sale facts.

Imports run in a process each, on SQLite and on PostgreSQL, on databases made for it. Dashboards run on PostgreSQL with
production settings; CPU is this process's and that of the database's process for it, the mean of some requests. Times depend
on what else the machine does: the load is printed beside them.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg

from bench.counting import HEADER
from bench.site import SERVER, seconds_of

LINES, FACTS = 100_000, 1_000_000
ACCOUNTS, CODES, DAYS, AGREEMENTS, LEARNERS = 200, 10, 728, 60, 400
REQUESTS = 10
FOLDER = Path("var/bench_sales")
HEADERS = (
    "商品", "订单号", "订单状态", "商品总价(元)", "店铺优惠折扣(元)", "商品数量(件)", "订单成交时间", "发货时间", "商品规格",
    "商家编码-规格维度", "售后状态",
)  # fmt: skip
PAGES = (
    "/incubator/", "/incubator/sales/", "/incubator/sales/?since=2000-01-01", "/incubator/sales/sales.xlsx",
    "/incubator/sales/unattributed/", "/incubator/sales/stalled/", "/incubator/sales/value/", "/incubator/sales/imports/",
    "/incubator/agreements/", "/incubator/agreements/?late=on", "/incubator/learning/", "/incubator/fairs/", "/impact/",
)  # fmt: skip


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<58} {figure}\n")
    sys.stdout.flush()


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def written(lines: int) -> Path:
    """A file of a shop on Pinduoduo with so many orders, the same each time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, dice, today = FOLDER / f"pinduoduo-{lines}.csv", random.Random(1), date.today()  # noqa: S311
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(lines):
            day, code = today - timedelta(days=dice.randrange(300)), dice.randrange(12)
            back = "退款成功" if dice.random() < 0.03 else "无售后或售后取消"
            state = "未发货，退款成功" if back == "退款成功" else "已收货"
            pieces = dice.randint(1, 3)
            writer.writerow(
                [f"大米 {code} 号 5kg", f"{day:%y%m%d}-{number:015}\t", state, f"{pieces * (39 + code)}.90", "2.00", pieces,
                 f"{day} 10:00:00", f"{day} 16:00:00", "5kg", f"RICE-{code}", back]
            )  # fmt: skip
    return path


def database(name: str, url: str) -> dict[str, str]:
    """An empty database brought up to the code, and what a process needs to work on it."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATA_DIR": str(folder.resolve())}
    env.pop("DATABASE_URL", None)
    if url:
        env["DATABASE_URL"] = url
    if url.startswith("postgres"):
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [url.rpartition("/")[2]]).fetchone():
                server.execute(
                    f'CREATE DATABASE "{url.rpartition("/")[2]}" TEMPLATE template0 LC_COLLATE "C.UTF-8" LC_CTYPE "C.UTF-8"'
                )
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=env, check=True)
    return env


def imports(lines: int) -> None:
    """The same file twice on each engine; the second time finds nothing new."""
    path = written(lines)
    for engine, url in (("SQLite", ""), ("PostgreSQL", f"{SERVER}/yanxing_bench_sales")):
        env = database(engine, url)
        for which in ("first", "second"):
            subprocess.run(
                [sys.executable, "-m", "bench.sales", "import", str(path), engine, which], env=env, check=True
            )


def bring(path: str, engine: str, which: str) -> None:
    """One import in this process: seconds, memory it grew by, and what became of the rows."""
    from django.db import connection
    from django.utils import timezone

    from incubator.sales import actions
    from incubator.sales.models import SaleFact

    account = actions.account_called(channel="pinduoduo", name="量一量", by=None)
    if which == "first":
        forget(account)
    backend = connection.connection.info.backend_pid if connection.vendor == "postgresql" else 0
    before, cpu, started = memory(), working(backend), time.perf_counter()
    steps = []
    with open(path, "rb") as file:
        (outcome,) = actions.import_files(
            account=account,
            files=[(path, file)],
            by=None,
            at=timezone.now(),
            progress=lambda step, n: steps.append((step, n)),
        )
    seconds, cpu = time.perf_counter() - started, working(backend) - cpu
    what = f"Import of {outcome.read:,} lines, {which} time, {engine}"
    counted = (
        f"{outcome.new:,} new {outcome.updated:,} updated {outcome.unchanged:,} unchanged {outcome.refused:,} refused"
    )
    say(
        what,
        f"{seconds:6.1f} s ({cpu:.1f} s CPU) {(memory() - before) / 1024:5.0f} MB more, {len(steps)} steps told; {load()}",
    )
    say("", f"{counted}; {SaleFact.objects.current().filter(account=account).count():,} facts")


def forget(account) -> None:
    """Begin anew: nothing of an earlier measurement is left."""
    from incubator.sales.models import SaleFact, Sighting, SourceRow
    from incubator.sales.rollups import KEYS

    for model in (Sighting, SourceRow, SaleFact, *KEYS):
        model._default_manager.all()._raw_delete(model._default_manager.db)
    account.imports.all().delete()


def working(backend: int) -> float:
    """Seconds of CPU so far: ours, and the database's for us."""
    return time.process_time() + (seconds_of(backend) if backend else 0.0)


def memory() -> int:
    """The most this process ever held, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def dashboards(facts: int) -> None:
    env = database("PostgreSQL", f"{SERVER}/yanxing_bench_dashboards")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"], env=env, check=True
    )
    subprocess.run([sys.executable, "-m", "bench.sales", "pages", str(facts)], env=env, check=True)


def pages(facts: int) -> None:
    """SQL and CPU of every dashboard, for staff of the whole city and of one county."""
    from django.db import connection
    from django.test import Client

    from incubator.sales import rollups
    from incubator.sales.models import AccountDay, GoodQuarter, GoodWeek, SaleFact

    staff, county = peopled(facts)
    started = time.perf_counter()
    wrong = len(list(rollups.differences()))
    say(
        f"--- {SaleFact.objects.count():,} facts",
        f"{AccountDay.objects.count():,} sums of days, {GoodWeek.objects.count():,} of goods by week, "
        f"{GoodQuarter.objects.count():,} by quarter",
    )
    say("Sums against facts", f"{wrong} differences, {time.perf_counter() - started:.1f} s")
    backend = connection.connection.info.backend_pid
    for who, person in (("city", staff), ("county", county)):
        browser = Client()
        browser.force_login(person)
        for path in PAGES if who == "city" else PAGES[:2]:
            page(browser, f"{path} ({who})", path, backend)
    say("", load())


def page(browser, what: str, path: str, backend: int) -> None:
    for _again in range(2):
        answer = browser.get(path)
    before = working(backend)
    for _again in range(REQUESTS):
        browser.get(path)
    cpu = (working(backend) - before) / REQUESTS * 1000
    say(what, f"{answer.headers[HEADER]:>3} SQL {cpu:7.1f} ms CPU  {answer.status_code}")


def peopled(facts: int):
    """Staff of the city and of a county, and the facts if they are not there."""
    from django.db import connection

    from incubator.sales import rollups
    from incubator.sales.models import ChannelAccount, SaleFact

    if SaleFact.objects.count() != facts:
        forget(ChannelAccount(pk=0))
        from bench import million

        million.people(ACCOUNTS, CODES, AGREEMENTS, LEARNERS)
        million.facts(facts, CODES, DAYS)
        rollups.rebuild()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    from bench import million

    return million.staff("230200", "1"), million.staff("230225", "2")


def main(arguments: list[str]) -> None:
    """Everything; or, for the processes it starts, one import or all pages."""
    if arguments[:1] == ["import"]:
        setup()
        bring(*arguments[1:])
    elif arguments[:1] == ["pages"]:
        setup()
        pages(int(arguments[1]))
    else:
        which = arguments[0] if arguments else "all"
        if which in {"all", "imports"}:
            imports(LINES)
        if which in {"all", "dashboards"}:
            dashboards(FACTS)


def setup() -> None:
    import django

    django.setup()


if __name__ == "__main__":
    main(sys.argv[1:])
