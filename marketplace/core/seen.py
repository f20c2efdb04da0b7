"""Who decides has read what she decides on.

What waits for a decision may still be corrected, or taken back and sent anew; a page opened before that would approve words that
nobody has read. So the page carries a mark of what it showed, and the decision is refused when the row bears another by then.
"""

import hashlib
import json

from django.utils.translation import gettext as _

from .refusal import Refusal


class Unread(Refusal):
    """What this decision is about was changed after its page was opened."""

    def __init__(self):
        super().__init__(_("This was changed after you opened it. Please read it again before you decide."))


class Marked:
    """Part of a model whose rows wait for a decision; ``also_shown`` is what its page shows of other rows."""

    @property
    def also_shown(self) -> list[str]:
        return []

    @property
    def mark(self) -> str:
        """A short mark of what the row says; the same for the same values. How far it is, its own moves guard."""
        fields = [field for field in self._meta.concrete_fields if field.name != "state"]  # type: ignore[attr-defined]
        values = [field.value_from_object(self) for field in fields]
        said = json.dumps([values, self.also_shown], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:20]

    def refuse_unread(self, read: str | None) -> None:
        """Raises Unread unless ``read`` is the mark of the row, which is locked; None where no page came between."""
        if read is not None and read != self.mark:
            raise Unread
