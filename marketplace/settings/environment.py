"""Everything the process environment may say, read once and named here (the table in docs/settings.md follows this file)."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
DATABASE_URL = env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'yanxing.sqlite3'}")
REPLICA_URL = env("REPLICA_URL", default="")
"""A copy of the database that only answers, see marketplace/core/replica.py."""
OBJECT_STORE = env("OBJECT_STORE", default="")
"""Address of a store that speaks S3 and takes what people upload; empty for folders of DATA_DIR."""
OBJECT_STORE_KEY = env("OBJECT_STORE_KEY", default="")
OBJECT_STORE_SECRET = env("OBJECT_STORE_SECRET", default="")
OBJECT_STORE_REGION = env("OBJECT_STORE_REGION", default="")
OBJECT_STORE_STYLE = env("OBJECT_STORE_STYLE", default="virtual")
"""``virtual``: buckets are asked by a host name of their own; ``path``: by the first step of the address."""
MEDIA_BUCKET = env("MEDIA_BUCKET", default="")
PRIVATE_BUCKET = env("PRIVATE_BUCKET", default="")
REDIS_URL = env("REDIS_URL", default="")
SECRET_KEY = env("SECRET_KEY", default="")  # noqa: S105
FIELD_KEY = env("FIELD_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
EMAIL_URL = env("EMAIL_URL", default="consolemail://")
SMS_URL = env("SMS_URL", default="")
"""A gateway that sends text messages: takes {"to", "text"} as JSON."""
SMS_TOKEN = env("SMS_TOKEN", default="")
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)
"""Whether staff must prove themselves by a second factor; production says yes unless told otherwise."""
PROXIES = env.int("PROXIES", default=0)
"""How many proxies of ours stand before the application; the visitor's address is what the outermost one saw."""
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOG_FORMAT = env("LOG_FORMAT", default="line")
"""``line`` for people, ``json`` for machines."""
METRICS_TOKEN = env("METRICS_TOKEN", default="")
"""Opens /metrics from other machines; from this one it is open."""
PAYMENTS = env.list("PAYMENTS", default=["demo"])
"""Online providers on offer, comma separated: ``demo``, ``stripe-demo`` (our stand-in), ``stripe``, ``offline`` (none online)."""
BANK_ACCOUNT = [part.strip() for part in env.list("BANK_ACCOUNT", default=[])]
"""Where buyers send bank transfers: payee, bank and number of the account, comma separated."""
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env("STRIPE_API_BASE", default="")
"""Where Stripe answers; empty for its own address."""
