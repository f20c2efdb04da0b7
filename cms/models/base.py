"""What all pages of ours have in common."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from cms import reading


class OurPage:
    """Stands before ``Page`` among the bases."""

    path: str
    url_path: str
    steplen: int
    alias_of_id: int | None
    live: bool
    expire_at: datetime | None
    has_unpublished_changes: bool
    reads_along: tuple[str, ...] = ()
    """Records its page shows as well, read in the same statement."""
    made_of: tuple[str, ...] = ()
    """Subjects (``core.stamps``) that this page is made of; with none it is made anew for every reader."""

    @property
    def address(self) -> str:
        """Where the reader opens it, known without asking which site and which language have which root."""
        return reverse("wagtail_serve", args=[self.url_path.split("/", 2)[2]])

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        if not getattr(request, "is_preview", False):
            response.made_of = self.made_of
        return response

    def is_for_anybody(self) -> bool:
        """True if whoever asks may read it now."""
        return self.live and not self.is_past() and not self.get_view_restrictions().exists()

    def is_past(self) -> bool:
        """True once its time is over, even before the clock has taken it down."""
        return bool(self.expire_at and self.expire_at <= timezone.now())

    def get_view_restrictions(self):
        """What bars readers from this page or one above it, in one query."""
        if self.alias_of_id:
            return super().get_view_restrictions()  # type: ignore[misc]
        return reading.bars_at(self.path, self.steplen)
