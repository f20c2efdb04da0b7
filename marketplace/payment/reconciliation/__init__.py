"""Does everything agree? Provider, purchases and orders, stock and ledger are compared; what differs is told, one row each.

``differences()`` reads and changes nothing. What is safe to repair stands in ``repairs``.
"""

from .checks import differences
from .differences import Difference, Kind

__all__ = ["Difference", "Kind", "differences"]
