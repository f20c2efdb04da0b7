"""Production's way of running, on a machine without TLS or mail, with the demo provider; no page cached unless BENCH_KEPT is set."""

import os

from marketplace.settings.common import *  # noqa: F403

DEMO = True
SECRET_KEY = "a-key-for-measuring-only-0123456789-abcdefghijklmnopqrst"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
if not os.environ.get("BENCH_KEPT"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"handlers": [], "level": "ERROR"}}
ROOT_URLCONF = "bench.urls"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}  # noqa: F405
MIDDLEWARE = ["bench.counting.CountSql", *MIDDLEWARE]  # noqa: F405
