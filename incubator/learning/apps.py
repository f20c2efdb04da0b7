from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "incubator.learning"
    label = "learning"
    verbose_name = _("Training")

    def ready(self):
        from incubator import shell

        from . import receivers  # noqa: F401

        for audience in (shell.STAFF, shell.TRAINERS):
            shell.add(shell.Section(65, "incubator:learning:funnel", _("Training"), "school", audience))
