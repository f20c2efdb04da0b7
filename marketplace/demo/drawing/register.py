"""Which function draws which good."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """How one good is put into its scene, and what its second, closer view looks at: ((x, y), width) in units."""

    into: Callable
    closer: tuple | None = None


DRAWINGS: dict[str, Drawing] = {}


def draws(key, *, closer=None):
    """Marks a function of the scene as the drawing of the product with this picture key."""

    def registered(function):
        DRAWINGS[key] = Drawing(function, closer)
        return function

    return registered
