"""Cookies, sessions and who may sign in. The content-security policy stands in ``marketplace.core.policy``."""

from django.urls import reverse_lazy

from .environment import PROXIES, SMS_TOKEN, SMS_URL, STAFF_SECOND_FACTOR  # noqa: F401

AUTHENTICATION_BACKENDS = ["marketplace.accounts.backends.MobileOrEmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "marketplace.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("accounts:sign-in")
LOGIN_REDIRECT_URL = reverse_lazy("customer:account")
LOGOUT_REDIRECT_URL = reverse_lazy("home")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "marketplace.accounts.sessions"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "marketplace.core.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Wagtail shows previews of our own pages in a frame of our own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

SMS_PROVIDER = "marketplace.accounts.sms.ConsoleProvider"
"""Who sends text messages; production takes the gateway at SMS_URL, or nobody where none is named."""
PASSWORD_RESET_TIMEOUT = 30 * 60
LEGAL_TEXTS = {"terms": "2026-11", "privacy": "2026-11"}
"""What people agree to when they sign up, with the version of the text as it stands on the site."""
