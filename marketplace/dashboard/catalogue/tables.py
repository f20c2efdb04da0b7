"""Oscar's lists of the catalogue, without boxes to tick."""

from oscar.apps.dashboard.catalogue import tables


class CategoryTable(tables.CategoryTable):
    """Each is changed by itself (mixins.py)."""

    class Meta(tables.CategoryTable.Meta):
        template_name = "oscar/dashboard/table.html"
        exclude = ("checkbox",)
        sequence = ("name", "description", "...", "is_public", "actions")
