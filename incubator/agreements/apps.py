from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AgreementsConfig(AppConfig):
    name = "incubator.agreements"
    label = "agreements"
    verbose_name = pgettext_lazy("cooperation", "Agreements")

    def ready(self):
        from incubator import shell

        from . import receivers  # noqa: F401

        url, label = "incubator:agreements:agreements", pgettext_lazy("cooperation", "Agreements")
        for audience in (shell.STAFF, shell.MEMBERS):
            shell.add(shell.Section(order=40, url=url, label=label, icon="file", audience=audience))
