"""Pages of sales, for incubator staff of the place."""

from .figures import export, figures
from .imports import bring, import_page, imports, take_in, undo
from .unattributed import attribute, unattributed

__all__ = [
    "attribute",
    "bring",
    "export",
    "figures",
    "import_page",
    "imports",
    "take_in",
    "unattributed",
    "undo",
]
