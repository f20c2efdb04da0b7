"""The real thing. Refuses to start without what it needs, and with anything that is only for demonstrations."""

from django.core.exceptions import ImproperlyConfigured

from .common import *  # noqa: F403
from .common import STORAGES
from .environment import (
    ALLOWED_HOSTS,
    DATABASE_URL,
    EMAIL_URL,
    FIELD_KEY,
    MEDIA_BUCKET,
    OBJECT_STORE,
    OBJECT_STORE_KEY,
    OBJECT_STORE_SECRET,
    OBJECT_STORE_STYLE,
    PAYMENTS,
    PRIVATE_BUCKET,
    SECRET_KEY,
    SITE_URL,
    SMS_URL,
    env,
)
from .environment import STRIPE_API_BASE as STRIPE_BASE
from .environment import STRIPE_SECRET_KEY as STRIPE_KEY
from .environment import STRIPE_WEBHOOK_SECRET as STRIPE_WORD
from .mail_and_logs import logging_as


def complaints_of_the_store() -> list[tuple[bool, str]]:
    if not OBJECT_STORE:
        return []
    names = {MEDIA_BUCKET, PRIVATE_BUCKET} - {""}
    return [
        (OBJECT_STORE.startswith("https://"), "OBJECT_STORE must be an https address."),
        (OBJECT_STORE_KEY and OBJECT_STORE_SECRET, "OBJECT_STORE needs OBJECT_STORE_KEY and OBJECT_STORE_SECRET."),
        (len(names) == 2, "OBJECT_STORE needs two buckets: MEDIA_BUCKET and PRIVATE_BUCKET."),
        (OBJECT_STORE_STYLE in {"virtual", "path"}, "OBJECT_STORE_STYLE must be virtual or path."),
    ]


def complaints() -> list[str]:
    """What keeps this configuration from serving real people, one line each; empty when it may start."""
    checks = [
        (len(SECRET_KEY) >= 50, "SECRET_KEY must be set to at least 50 random characters."),
        (FIELD_KEY, "FIELD_KEY must be set (it encrypts identity fields)."),
        (ALLOWED_HOSTS, "ALLOWED_HOSTS must name the hosts this site answers for."),
        (SITE_URL.startswith("https://"), "SITE_URL must be the public https address."),
        (DATABASE_URL.startswith("postgres"), "DATABASE_URL must be a PostgreSQL address."),
        (not EMAIL_URL.startswith("console"), "EMAIL_URL must name a mail server."),
        (not any("demo" in name for name in PAYMENTS), "PAYMENTS must not name a demo provider."),
        ("stripe" not in PAYMENTS or STRIPE_KEY, "PAYMENTS=stripe needs STRIPE_SECRET_KEY."),
        ("stripe" not in PAYMENTS or STRIPE_WORD, "PAYMENTS=stripe needs STRIPE_WEBHOOK_SECRET."),
        (not STRIPE_BASE or STRIPE_BASE.startswith("https://"), "STRIPE_API_BASE must be an https address."),
        *complaints_of_the_store(),
    ]
    return [text for passed, text in checks if not passed]


if complaints():
    raise ImproperlyConfigured("This site cannot start in production:\n- " + "\n- ".join(complaints()))

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SMS_PROVIDER = f"marketplace.accounts.sms.{'HttpProvider' if SMS_URL else 'NoProvider'}"
PROXIES = env.int("PROXIES", default=1)
LOGGING = logging_as(env("LOG_FORMAT", default="json"))
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
