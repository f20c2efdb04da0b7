from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "incubator.learning"
    label = "learning"
    verbose_name = _("Training")

    def ready(self):
        from incubator import shell

        from . import receivers  # noqa: F401

        shell.add(shell.Section(order=65, url="incubator:learning:funnel", label=_("Training"), icon="school"))
