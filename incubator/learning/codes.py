"""Numbers of certificates: eleven random digits and one that checks them (Luhn), so that no slip of the pen meets another's."""

import secrets

from stdnum import luhn

DIGITS = 11


def new_code() -> str:
    """A number nobody can guess from another."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return digits + luhn.calc_check_digit(digits)


def read_code(typed: str) -> str | None:
    """The twelve digits somebody typed, with or without spaces and hyphens; None if they cannot be a number of ours."""
    digits = "".join(sign for sign in typed if sign not in " -")
    return digits if len(digits) == DIGITS + 1 and digits.isascii() and luhn.is_valid(digits) else None
