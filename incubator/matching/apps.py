from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "incubator.matching"
    label = "matching"
    verbose_name = _("Matching fairs")

    def ready(self):
        from incubator import shell

        shell.add(shell.Section(order=30, url="incubator:fairs:fairs", label=_("Matching fairs"), icon="chat"))
