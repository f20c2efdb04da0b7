"""Places by their official code: `areas.get("230281")`, `areas.full_name(…)`, `areas.children(…)`."""

from .gazetteer import (
    Area,
    Gazetteer,
    Level,
    UnknownArea,
    children,
    common_ancestor,
    full_name,
    get,
    is_within,
    path,
    picker_tree,
    province_of,
    source,
)

__all__ = [
    "Area",
    "Gazetteer",
    "Level",
    "UnknownArea",
    "children",
    "common_ancestor",
    "full_name",
    "get",
    "is_within",
    "path",
    "picker_tree",
    "province_of",
    "source",
]
