"""What Oscar's lists for operators have in common."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.dashboard import tables


class DashboardTable(tables.DashboardTable):
    """Oscar lets one sort by the column of tick boxes, which no row has a value for: that broke the page. And it names the column
    of what can be done by its attribute, in no language."""

    def __init__(self, *args, **kwargs):
        if "checkbox" in self.base_columns:
            self.base_columns["checkbox"].orderable = False
        if "actions" in self.base_columns:
            self.base_columns["actions"].verbose_name = _("Actions")
        super().__init__(*args, **kwargs)
