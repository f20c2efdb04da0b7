"""What Oscar's lists for operators have in common."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.dashboard import tables


class DashboardTable(tables.DashboardTable):
    """Oscar names the column of what can be done by its attribute, in no language."""

    def __init__(self, *args, **kwargs):
        if "actions" in self.base_columns:
            self.base_columns["actions"].verbose_name = _("Actions")
        super().__init__(*args, **kwargs)
