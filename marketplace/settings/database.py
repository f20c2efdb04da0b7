"""Where facts are kept: SQLite by default, PostgreSQL by ``DATABASE_URL``; the cache is Redis where there is one."""

from .environment import DATABASE_URL, REDIS_URL, REPLICA_URL, env

SQLITE_SECONDS_TO_WAIT = 30
TIMES_UNTIL_PREPARED = 5
A_SERVER_THAT_VANISHED = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
"""Noticed after 30 seconds: its own time-outs say nothing once the machine has lost its power or its cable."""


def database(url: str) -> dict:
    """Connection settings for a database address, with the options each engine needs to keep our promises.

    SQLite begins IMMEDIATE so that a reader never has to upgrade its lock half-way; PostgreSQL stays on READ COMMITTED
    (a higher level would hide the row another buyer has just taken) and connections are checked before use. A statement that comes a
    fifth time over a connection is kept by the server ready to run (ADR 0018).
    """
    settings = env.db_url_config(url)
    settings["ATOMIC_REQUESTS"] = False
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_SECONDS_TO_WAIT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        settings["CONN_MAX_AGE"] = 600
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"] = settings.get("OPTIONS", {}) | {  # what the address says of TLS stays
            "options": "-c statement_timeout=30000 -c lock_timeout=20000",
            "connect_timeout": 10,
            **A_SERVER_THAT_VANISHED,
            "server_side_binding": True,
            "prepare_threshold": TIMES_UNTIL_PREPARED,
        }
    return settings


DATABASES = {"default": database(DATABASE_URL)}
REPLICA = bool(REPLICA_URL)
DATABASE_ROUTERS: list[str] = []
if REPLICA:
    DATABASES["replica"] = database(REPLICA_URL) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["marketplace.core.replica.Router"]

CACHES = {
    "default": (
        {"BACKEND": "marketplace.core.caching.Forgiving", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
