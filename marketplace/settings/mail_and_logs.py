"""Where mail goes and what is logged. Never free text that people typed, never names or numbers."""

from .environment import EMAIL_URL, LOG_LEVEL, env

vars().update(env.email_url_config(EMAIL_URL))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="雁行 Yanxing <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Stripe's library names every address it asks, and those name payments.
    # The PDF library names characters its font lacks, and they come from people's names.
    "loggers": {"fontTools": {"level": "ERROR"}, "fpdf": {"level": "ERROR"}, "stripe": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
