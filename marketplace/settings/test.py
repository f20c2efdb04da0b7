"""The suite: real database, real files in a folder of its own, quick password hashing."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .common import *  # noqa: F403
from .common import DATABASES, STORAGES
from .environment import DATA_DIR
from .payments import ONLINE_PROVIDERS

DEMO = True
PAST_PROVIDERS = list(dict.fromkeys(ONLINE_PROVIDERS.values()))
SECRET_KEY = "a-key-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="yanxing-media-"))
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="yanxing-private-"))
for folder in (MEDIA_ROOT, PRIVATE_ROOT):
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the concurrency tests open several connections to it.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
