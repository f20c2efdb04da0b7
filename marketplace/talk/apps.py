from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    name = "marketplace.talk"
    label = "talk"
    verbose_name = _("Questions and messages")

    def ready(self):
        from marketplace.talk import receivers  # noqa: F401
