from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "incubator.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self):
        from incubator import shell
        from marketplace.accounts import workplaces

        from .own import rooms_of

        workplaces.add(rooms_of)
        shell.add(shell.Section(order=10, url="incubator:today", label=_("Today"), icon="day"))
        shell.add(
            shell.Section(
                order=20, url="incubator:members:cooperatives", label=_("Members"), icon="people",
                also=("incubator:households:households",),
            )
        )  # fmt: skip
