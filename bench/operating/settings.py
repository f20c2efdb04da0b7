"""Production's parts over plain http: the real cache, the real sessions, no debugging."""

from marketplace.settings.development import *  # noqa: F403

DEBUG = False
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
