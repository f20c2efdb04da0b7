"""What all pages of ours have in common."""

from wagtail.models import PageViewRestriction


class OurPage:
    """Stands before ``Page`` among the bases."""

    path: str
    steplen: int
    alias_of_id: int | None
    live: bool
    has_unpublished_changes: bool

    def get_view_restrictions(self):
        """What bars readers from this page or one above it, in one query."""
        if self.alias_of_id:
            return super().get_view_restrictions()  # type: ignore[misc]
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)
