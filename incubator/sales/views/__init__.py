"""Pages of sales, for incubator staff of the place."""

from .figures import export, figures
from .imports import accounts, bring, bring_as, forget, import_page, imports, take_in, teach, undo
from .standing import raw_price, stalled, stalled_export, value, value_export
from .unattributed import attribute, unattributed

__all__ = [
    "accounts",
    "forget",
    "teach",
    "attribute",
    "bring",
    "bring_as",
    "export",
    "figures",
    "import_page",
    "imports",
    "raw_price",
    "stalled",
    "stalled_export",
    "take_in",
    "unattributed",
    "undo",
    "value",
    "value_export",
]
