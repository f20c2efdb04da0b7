"""Proving by a second factor that it is really her: set up, asked, replaced, and taken away by another person when lost."""

import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP

from marketplace.core import audit, notices
from marketplace.core.encryption import blind_index
from marketplace.core.refusal import Refusal

from . import actions, contacts, limits
from .models import Authenticator, RecoveryCode, User

SECRET_BYTES = 20
STEPS_OFF = 1
"""Thirty seconds sooner or later are as good: clocks of phones differ, and people type slowly."""
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""
CODE_LENGTH = 10
ISSUER = "Yanxing"
TO_CONFIRM = timedelta(minutes=15)
"""So long a picture is good that nobody has confirmed."""


def of(user: User) -> Authenticator | None:
    """The app she proved, if there is one."""
    return Authenticator.objects.filter(user=user, confirmed=True).first()


@transaction.atomic
def begin(*, user: User, begun: int | None, at: datetime) -> Authenticator:
    """A secret for her app. Who began (``begun``) sees the same one when she reloads the page, for a quarter of an hour;
    another browser begins anew, and what was begun before is void."""
    User.objects.select_for_update().get(pk=user.pk)
    present = pending(user, begun, at).first()
    if present is not None:
        return present
    Authenticator.objects.filter(user=user, confirmed=False).delete()
    return Authenticator.objects.create(
        user=user, confirmed=False, secret=secrets.token_hex(SECRET_BYTES), name="app", made_at=at
    )


def pending(user: User, begun: int | None, at: datetime) -> QuerySet[Authenticator]:
    """What this browser began and may still confirm."""
    return Authenticator.objects.filter(pk=begun, user=user, confirmed=False, made_at__gt=at - TO_CONFIRM)


def written(authenticator: Authenticator) -> str:
    """The secret as apps take it when it is typed: groups of four letters."""
    letters = b32encode(bytes.fromhex(authenticator.secret)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def address(authenticator: Authenticator) -> str:
    """What stands in the picture an app scans. It names the site and her masked contact, never the whole number."""
    label = quote(f"{ISSUER}:{authenticator.user.masked_contact}")
    told = {"secret": written(authenticator).replace(" ", ""), "issuer": ISSUER}
    return f"otpauth://totp/{label}?{urlencode(told)}"


@transaction.atomic
def confirm(*, user: User, begun: int | None, typed: str, at: datetime) -> list[str] | None:
    """Her app counts from now on, in the place of an older one; returns her new recovery codes, None for a wrong code.

    She is told by every way there is. Raises limits.TooMany.
    """
    limits.take((limits.SECOND_FACTOR, f"user:{user.pk}"), at=at)
    hers = pending(user, begun, at).select_for_update().first()
    if hers is None or not fits(hers, typed, at):
        return None
    user.authenticator_set.filter(confirmed=True).delete()
    hers.confirmed = True
    hers.save(update_fields=["confirmed", "last_step", "drift"])
    audit.record("account.second_factor_set", of=user, by=user)
    limits.forget(limits.SECOND_FACTOR, f"user:{user.pk}")
    told = _("A second factor protects your account now"), _("If this was not you, tell an operator at once.")
    tell(user, at, *told)
    return new_codes(user=user, at=at)


@transaction.atomic
def new_codes(*, user: User, at: datetime) -> list[str]:
    """Ten recovery codes; earlier ones are void. They are shown once, afterwards nobody can read them."""
    user.recovery_codes.all().delete()
    made = ["".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH)) for _code in range(CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, mark=mark(code), made_at=at) for code in made])
    audit.record("account.recovery_codes_made", of=user, by=user)
    return [f"{code[:5]}-{code[5:]}" for code in made]


def check(*, user: User, typed: str, at: datetime) -> Authenticator | None:
    """Her app, if the code is of it or is one of her recovery codes, each good once. Raises limits.TooMany."""
    limits.take((limits.SECOND_FACTOR, f"user:{user.pk}"), at=at)
    with transaction.atomic():
        hers = Authenticator.objects.select_for_update().filter(user=user, confirmed=True).first()
        if hers is None or not (fits(hers, typed, at) or spent(user, typed, at)):
            return None
        hers.save(update_fields=["last_step", "drift"])
        limits.forget(limits.SECOND_FACTOR, f"user:{user.pk}")
    return hers


def fits(authenticator: Authenticator, typed: str, at: datetime) -> bool:
    """True if the app shows this code about now and none that late has been used; notes its time."""
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return False
    clock = TOTP(bytes.fromhex(authenticator.secret), drift=authenticator.drift)
    clock.time = at.timestamp()
    if not clock.verify(int(digits), STEPS_OFF, authenticator.last_step + 1):
        return False
    authenticator.last_step, authenticator.drift = clock.t(), max(-STEPS_OFF, min(STEPS_OFF, clock.drift))
    return True


def spent(user: User, typed: str, at: datetime) -> bool:
    """Use up the recovery code; True the first time."""
    code = "".join(letter for letter in typed.lower() if letter.isalnum())
    used = RecoveryCode.objects.filter(user=user, mark=mark(code), used_at=None).update(used_at=at)
    if used:
        audit.record("account.recovery_code_used", of=user, by=user)
        left = user.recovery_codes.filter(used_at=None).count()
        body = notices.saying(_("Recovery codes left: %(n)s. If this was not you, tell an operator at once."), n=left)
        tell(user, at, _("A recovery code of yours was used"), body)
    return bool(used)


@transaction.atomic
def take_away(*, user: User, by: User | None, reason: str, at: datetime) -> None:
    """Who lost phone and paper sets up anew when she next comes to a room of staff; her sessions end. Raises Refusal.

    ``by`` is another operator, or None for who sits at the server.
    """
    if by is not None and by.pk == user.pk:
        raise Refusal(gettext("Nobody takes away her own second factor. Another operator has to do it."))
    user.authenticator_set.all().delete()
    user.recovery_codes.all().delete()
    user.sessions.all().delete()
    audit.record("account.second_factor_taken_away", of=user, by=by, reason=reason)
    tell(
        user,
        at,
        _("Your second factor was taken away"),
        _("You set up another one when you next sign in. If you did not ask for it, tell an operator at once."),
    )


def mark(code: str) -> str:
    """What is kept of a recovery code."""
    return blind_index(f"recovery:{code}")


def tell(user: User, at: datetime, subject, body) -> None:
    actions.tell(user, contacts.of(user), cause=f"second:{user.pk}:{at.timestamp()}", subject=subject, body=body)
