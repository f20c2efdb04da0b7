"""Redis gone, the worker killed, the database gone, the disks full, the clock wrong: what buyers are told meanwhile, what is there
afterwards, and whether `reconcile` finds anything. PICTURES=FOLDER keeps what a buyer, a seller and staff see;
OUTAGES=WORD tries those with the word in their name.
"""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from .house import House
from .people import Buyer, Watchers
from .servers import PACK, PURCHASES, Postgres, Redis, home, say, until

BUYERS = 4
DATABASE_MB, MEDIA_MB = 700, 24


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


def fill(folder: Path) -> None:
    """To the last byte."""
    with open(folder / "filler", "wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"\0" * 4096)


class Outages:
    """Each is a way to take something away and a way to give it back."""

    def __init__(self, site: House, database: Postgres, cache: Redis, media: Path):
        self.site, self.database, self.cache, self.media = site, database, cache, media
        self.pack = 0

    def all(self) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
        return {
            "redis gone": (self.cache.stop, self.cache.start),
            "worker killed": (lambda: self.site.kill("work"), lambda: self.site.start("work")),
            "database gone": (self.database.stop, self.database.start),
            "disk of pictures full": (lambda: fill(self.media), (self.media / "filler").unlink),
            "disk of the database full": (lambda: fill(self.database.folder), self.room_again),
            "clock a day ahead": (lambda: self.clock("+1d"), lambda: self.clock("")),
            "clock ten minutes back": (lambda: self.clock("-10m"), lambda: self.clock("")),
        }

    def room_again(self) -> None:
        (self.database.folder / "filler").unlink()
        if not self.database.answers():
            self.database.stop()
            self.database.start()

    def clock(self, offset: str) -> None:
        for name in ("web", "work"):
            self.site.kill(name)
            self.site.start(name, offset)
        until(self.site.is_well, "the site answers with another clock")


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(home("outages"))
        disk = stack.enter_context(small_disk(folder / "postgres", DATABASE_MB))
        database, cache = Postgres(disk), Redis()
        stack.callback(database.stop)
        stack.callback(cache.stop)
        cache.start()
        database.make()
        site = House(folder / "data", database, cache)
        site.prepare()
        media = stack.enter_context(small_disk(folder / "data" / "media", MEDIA_MB))
        for name in ("web", "work"):
            site.start(name)
            stack.callback(site.kill, name)
        until(site.is_well, "the site answers")
        meet(Outages(site, database, cache, media))


def meet(outages: Outages) -> None:
    pictures, site = os.environ.get("PICTURES"), outages.site
    outages.pack = outages.database.ask(PACK)
    watchers = Watchers(site.url, Path(pictures)) if pictures else None
    only = os.environ.get("OUTAGES", "")
    for name, (take_away, give_back) in outages.all().items():
        if only not in name:
            continue
        begun = outages.database.ask(PURCHASES)
        buyers = [Buyer(site.url) for _buyer in range(BUYERS)]
        take_away()
        meanwhile = all_at_once(buyers, outages.pack)
        told = [buyer.bought for buyer in buyers if buyer.bought]
        seen = look(watchers, re.sub(r"\W", "-", name)) if watchers else ""
        give_back()
        until(site.is_well, f"the site answers again after: {name}")
        afterwards = all_at_once(buyers, outages.pack)
        told += [buyer.bought for buyer in buyers if buyer.bought]
        rows = outages.database.ask(PURCHASES) - begun
        said = site.manage("reconcile")
        say(
            f"{name:<26} meanwhile {dict(meanwhile)}; afterwards {dict(afterwards)}; told {len(told)}, in the database {rows}"
        )
        say(
            f"{'':<26} reconcile: exit {said.returncode}; {(said.stdout.strip() or said.stderr.strip()).splitlines()[-1]}"
        )
        if seen:
            say(f"{'':<26} {seen}")
    if watchers:
        watchers.close()


def look(watchers: Watchers, outage: str) -> str:
    photo = f", {watchers.send_a_photo(outage)}" if "pictures" in outage else ""
    return watchers.look(outage) + photo


def all_at_once(buyers: list[Buyer], pack: int) -> Counter:
    with ThreadPoolExecutor(len(buyers)) as people:
        return Counter(people.map(lambda buyer: buyer.buys(pack), buyers))
