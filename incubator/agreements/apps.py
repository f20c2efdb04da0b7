from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "incubator.agreements"
    label = "agreements"
    verbose_name = _("Agreements")

    def ready(self):
        from incubator import shell

        for order, audience in ((40, shell.STAFF), (40, shell.MEMBERS)):
            shell.add(
                shell.Section(
                    order=order,
                    url="incubator:agreements:agreements",
                    label=_("Agreements"),
                    icon="file",
                    audience=audience,
                )
            )
