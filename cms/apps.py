from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Content")

    def ready(self):
        from . import receivers  # noqa: F401
        from .training import receivers as of_lessons  # noqa: F401
