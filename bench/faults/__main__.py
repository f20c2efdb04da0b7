"""Which faults. The database is a copy of the prepared one of the suite, dropped in the end."""

import os
import sys
from importlib import import_module
from pathlib import Path

FOLDER = Path(os.environ.get("FAULTS_FOLDER", "var/faults")).resolve()
TOLD = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SITE_URL", "PAYMENTS", "STRIPE_API_BASE")
ROOMS = ("kill", "connections", "silence")
SERVER = os.environ.get("BENCH_SERVER", "postgres://root@127.0.0.1:5432")


def house_of(what: str):
    """The house, and this process as one that knows the same settings."""
    from bench.faults.house import House, free_port

    redis = f"redis://127.0.0.1:{free_port()}/0" if what == "silence" else ""
    house = House(f"{SERVER}/postgres", FOLDER / what, REDIS_URL=redis)
    os.environ.update({name: house.environment[name] for name in TOLD})
    return house


def main(what: str, *more: str) -> int:
    if what not in ROOMS:
        raise SystemExit(f"no such faults: {what}")
    house = house_of(what)
    import django

    django.setup()
    from django.db import connection

    from bench.faults.house import address_of
    from tests.prepared import prepared_database

    copy = prepared_database(connection, what)
    copy.make()
    house.environment["DATABASE_URL"] = address_of(connection)
    (house.folder / "stripe-standin.json").unlink(missing_ok=True)
    room = import_module(f"bench.faults.{what}")
    try:
        with house:
            return room.main(house, *(int(each) if each.isdigit() else each for each in more))
    finally:
        copy.drop()


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
