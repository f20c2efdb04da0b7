"""Which part of each share leaves in a payout when the seller owes something. Pure; fen in, fen out."""

from collections.abc import Sequence


def net(dues: Sequence[int], debt: int) -> list[int]:
    """What leaves of each due when ``debt`` (at least 0) is taken off first, from the earliest; nothing below zero.

    >>> net([3000, 5000], 5780)
    [0, 2220]
    """
    leaving = []
    for due in dues:
        taken = min(due, debt)
        debt -= taken
        leaving.append(due - taken)
    return leaving
