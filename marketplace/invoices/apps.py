from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicesConfig(AppConfig):
    name = "marketplace.invoices"
    label = "invoices"
    verbose_name = _("Invoice (fapiao)")

    def ready(self):
        from marketplace.invoices import receivers  # noqa: F401
