from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncomeConfig(AppConfig):
    name = "incubator.income"
    label = "income"
    verbose_name = _("Net income")

    def ready(self):
        from incubator import shell

        shell.add(shell.Section(order=55, url="incubator:income:waterfall", label=_("Net income"), icon="wallet"))
