"""A fresh machine: no environment needed, nothing here is a secret."""

from .common import *  # noqa: F403
from .environment import ALLOWED_HOSTS as NAMED_HOSTS
from .environment import DATA_DIR
from .environment import SECRET_KEY as GIVEN_KEY
from .payments import ONLINE_PROVIDERS

DEBUG = True
DEMO = True
PAST_PROVIDERS = list(dict.fromkeys(ONLINE_PROVIDERS.values()))
SECRET_KEY = GIVEN_KEY or "development-only-key-that-no-production-site-accepts"
ALLOWED_HOSTS = NAMED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
DATA_DIR.mkdir(parents=True, exist_ok=True)
