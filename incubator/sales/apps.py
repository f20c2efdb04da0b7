from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SalesConfig(AppConfig):
    name = "incubator.sales"
    label = "sales"
    verbose_name = _("Sales on every channel")

    def ready(self):
        from incubator import shell

        from . import receivers  # noqa: F401

        shell.add(
            shell.Section(
                order=50, url="incubator:sales:figures", label=pgettext_lazy("section", "Sales"), icon="chart"
            )
        )
