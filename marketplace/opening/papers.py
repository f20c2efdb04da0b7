"""What each kind of shop has to show, and whether a code or a number can be right at all."""

from dataclasses import dataclass

from stdnum.cn import ric, uscc

from marketplace.partner.models import Partner

from .models import Paper


@dataclass(frozen=True)
class Needs:
    """What is asked of one kind of shop."""

    papers: tuple[str, ...]
    code: bool = False
    identity: bool = False
    statement: bool = False


Kind = Partner.Kind
NEEDS: dict[str, Needs] = {
    Kind.GROWER: Needs((Paper.Kind.IDENTITY,), identity=True, statement=True),
    Kind.INDIVIDUAL: Needs((Paper.Kind.LICENCE, Paper.Kind.IDENTITY), code=True, identity=True),
    Kind.COOPERATIVE: Needs((Paper.Kind.LICENCE,), code=True),
    Kind.COMPANY: Needs((Paper.Kind.LICENCE,), code=True),
}
NOTHING = Needs(())


def is_code(text: str) -> bool:
    """True if the check digit of a unified social credit code is right."""
    return bool(uscc.is_valid(text))


def is_identity(text: str) -> bool:
    """True if place, date and check digit of a resident identity number are right."""
    return bool(ric.is_valid(text))
