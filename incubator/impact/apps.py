from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "incubator.impact"
    label = "impact"
    verbose_name = _("Impact")

    def ready(self):
        from incubator import shell

        shell.add(shell.Section(order=60, url="incubator:impact:snapshots", label=_("Published figures"), icon="quote"))
