"""How pages are put together."""

from .environment import BASE_DIR

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "marketplace.core.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "marketplace.core.templatetags.kept",
                "marketplace.core.templatetags.prices",
                "marketplace.core.templatetags.yanxing",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
"""Forms are drawn from templates/ too, where one of ours takes the place of Django's."""

MIDDLEWARE = [
    "marketplace.core.watched.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.core.maintenance.Closed",
    "django.middleware.gzip.GZipMiddleware",  # pages for bad networks; tokens in them are masked anew each time
    "marketplace.core.policy.ContentPolicyMiddleware",
    "marketplace.core.second_try.SecondTry",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cms.keeping.KeptPages",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "marketplace.accounts.pacing.Pacing",
    "marketplace.dashboard.access.OperatorsOnly",
    "marketplace.accounts.staff.SecondFactor",
    "cms.access.EditorsOnly",
    "marketplace.basket.middleware.BasketMiddleware",
    "marketplace.core.readable.Readable",
    "cms.untranslated.FirstLanguageInstead",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
