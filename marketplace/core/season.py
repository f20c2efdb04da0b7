"""Seasons as months 1–12; they may wrap the year (October to March)."""


def months(first: int | None, last: int | None) -> frozenset[int]:
    """The months from ``first`` to ``last``, both included, round the year if need be; empty when either is missing."""
    if not first or not last:
        return frozenset()
    length = (last - first) % 12 + 1
    return frozenset((first - 1 + step) % 12 + 1 for step in range(length))


def mask(of: frozenset[int]) -> int:
    """Months as bits, January the lowest, so that a database can ask "in season in November" of one number."""
    return sum(1 << (month - 1) for month in of)


def unmask(bits: int) -> frozenset[int]:
    """The months of a bit mask."""
    return frozenset(month for month in range(1, 13) if bits & (1 << (month - 1)))
