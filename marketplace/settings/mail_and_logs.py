"""Where mail goes and what is logged. Never free text that people typed, never names or numbers."""

from .environment import EMAIL_URL, LOG_FORMAT, LOG_LEVEL, METRICS_TOKEN, env  # noqa: F401

vars().update(env.email_url_config(EMAIL_URL))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="雁行 Yanxing <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10


def logging_as(form: str) -> dict:
    """How logs are written: ``line`` or ``json``. Each answer is noted only for machines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"named": {"()": "marketplace.core.logs.Named"}},
        "formatters": {
            "line": {"()": "marketplace.core.logs.Line", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": "marketplace.core.logs.Json"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["named"]}},
        # Stripe's library names every address it asks, and those name payments.
        # The PDF library names characters its font lacks, and they come from people's names.
        "loggers": {
            "apscheduler": {"level": "WARNING"},  # names every task of the clock again and again
            "fontTools": {"level": "ERROR"},
            "fpdf": {"level": "ERROR"},
            "stripe": {"level": "WARNING"},
            "yanxing.requests": {"level": LOG_LEVEL if form == "json" else "WARNING"},
        },
        "root": {"handlers": ["console"], "level": LOG_LEVEL},
    }


LOGGING = logging_as(LOG_FORMAT)
