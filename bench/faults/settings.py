"""The site as a developer runs it, without debugging, with points at which it can be made to die."""

from marketplace.settings.development import *  # noqa: F403
from marketplace.settings.development import INSTALLED_APPS

DEBUG = False
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
INSTALLED_APPS = [*INSTALLED_APPS, "bench.faults.apps.Faults"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
