from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SalesConfig(AppConfig):
    name = "incubator.sales"
    label = "sales"
    verbose_name = _("Sales on every channel")

    def ready(self):
        from incubator import shell

        from . import receivers  # noqa: F401

        shell.add(shell.Section(order=50, url="incubator:sales:figures", label=_("Sales"), icon="chart"))
