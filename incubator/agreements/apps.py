from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "incubator.agreements"
    label = "agreements"
    verbose_name = _("Agreements")

    def ready(self):
        from incubator import shell

        url, label = "incubator:agreements:agreements", _("Agreements")
        for audience in (shell.STAFF, shell.MEMBERS):
            shell.add(shell.Section(order=40, url=url, label=label, icon="file", audience=audience))
