"""The goods, by the kind of thing they are."""

from . import citrus, dried, fungus, grain, orchard, root, table, tea  # noqa: F401
