from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AftersalesConfig(AppConfig):
    name = "marketplace.aftersales"
    label = "aftersales"
    verbose_name = _("Refunds and after-sales")

    def ready(self):
        from marketplace.aftersales import receivers  # noqa: F401
