"""What Oscar's pages of the catalogue may do to many records at once."""


class CategoryBulkActionMixin:
    """Nothing. Oscar hides many categories in one statement, of which shelves and their counts never hear."""
