from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfferingConfig(AppConfig):
    name = "marketplace.offering"
    label = "offering"
    verbose_name = _("Offering goods")

    def ready(self):
        from . import receivers

        receivers.connect()
