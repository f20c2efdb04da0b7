"""Everything the process environment may say, read once and named here (the table in docs/settings.md follows this file)."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
DATABASE_URL = env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'yanxing.sqlite3'}")
REDIS_URL = env("REDIS_URL", default="")
SECRET_KEY = env("SECRET_KEY", default="")  # noqa: S105
FIELD_KEY = env("FIELD_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
EMAIL_URL = env("EMAIL_URL", default="consolemail://")
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
PAYMENTS = env.list("PAYMENTS", default=["demo"])
"""Online providers on offer, comma separated: ``demo``, ``offline`` (none online), later ``stripe`` and ``stripe-demo``."""
