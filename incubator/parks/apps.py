from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParksConfig(AppConfig):
    name = "incubator.parks"
    label = "parks"
    verbose_name = _("Parks and services")

    def ready(self):
        from incubator import shell

        shell.add(shell.Section(order=25, url="incubator:parks:parks", label=_("Parks"), icon="home"))
