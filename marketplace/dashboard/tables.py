"""What Oscar's lists for operators have in common."""

from oscar.apps.dashboard import tables


class DashboardTable(tables.DashboardTable):
    """Oscar lets one sort by the column of tick boxes, which no row has a value for: that broke the page."""

    def __init__(self, *args, **kwargs):
        if "checkbox" in self.base_columns:
            self.base_columns["checkbox"].orderable = False
        super().__init__(*args, **kwargs)
