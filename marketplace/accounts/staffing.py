"""Entrusting people with work: roles given and taken back by operators, with a reason, until a day; nobody raises herself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import audit, notices
from marketplace.core.models import NoticeKind
from marketplace.core.refusal import Refusal
from marketplace.core.templatetags.yanxing import place

from . import roles, second_factor, workplaces
from .models import Role, RoleGrant, StaffEntry, User

OPERATOR = "operator"
"""Not a role among others: who holds it may do everything, everywhere, without an end."""
CHOICES = [*Role.choices, (OPERATOR, gettext_lazy("Operator"))]
GIVEN = {Role.EDITOR: ("Editors", "Publishers")}
"""Groups that the rooms where pages are written ask for."""
TAKEN = {Role.EDITOR: ("Authors", "Editors", "Publishers", "Moderators")}
"""All groups that let her write there, however she came into them; the last is what publishers were called before."""
Deed = StaffEntry.Deed


@dataclass(frozen=True)
class Duty:
    """One role of a person as pages show it; ``area`` empty for everywhere."""

    role: str
    area: str = ""
    until: date | None = None

    @property
    def label(self) -> str:
        return str(dict(CHOICES).get(self.role, self.role))

    @property
    def place(self) -> str:
        return place(self.area)


def duties(user: User) -> list[Duty]:
    """Everything she is entrusted with."""
    held = [Duty(OPERATOR)] if user.is_superuser else []
    return held + [Duty(each.role, each.area, each.until) for each in user.role_grants.order_by("role", "area")]


@transaction.atomic
def give(*, user: User, duty: Duty, reason: str, by: User, at: datetime) -> None:
    """She may work there from now on, and is told. Raises Refusal."""
    user = locked(user)
    check(user, by)
    check_place(duty)
    if not user.is_active:
        raise Refusal(_("This account is closed or blocked."))
    if duty.role == OPERATOR:
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])
    else:
        grant = roles.give(user=user, role=Role(duty.role), area=duty.area, by=by)
        RoleGrant.objects.filter(pk=grant.pk).update(until=duty.until)
        user.groups.add(*Group.objects.filter(name__in=GIVEN.get(Role(duty.role), ())))
    noted(user, Deed.GIVEN, duty, reason, by, at)


@transaction.atomic
def take(*, user: User, duty: Duty, reason: str, by: User, at: datetime) -> None:
    """She may no longer work there, at once and in every browser, and is told. Raises Refusal."""
    user = locked(user)
    check(user, by)
    lose(user, duty)
    noted(user, Deed.TAKEN, duty, reason, by, at)


@transaction.atomic
def take_back_ended(*, on: date, at: datetime) -> int:
    """Take back what has passed its last day; returns how many. Twice does no harm."""
    ended = RoleGrant.objects.filter(until__lt=on).select_related("user").select_for_update(of=("self",))
    for grant in ended:
        duty = Duty(grant.role, grant.area, grant.until)
        lose(grant.user, duty)
        noted(grant.user, Deed.ENDED, duty, "", None, at)
    return len(ended)


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, by: User, at: datetime) -> None:
    """She lost phone and paper; another person helps. Raises Refusal."""
    second_factor.take_away(user=user, by=by, reason="", at=at)
    StaffEntry.objects.create(user=user, deed=Deed.SECOND_FACTOR, reason=reason, by=by, at=at)


def locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def check(user: User, by: User) -> None:
    """Who may change what; raises Refusal."""
    if not (by.is_superuser and by.is_active):
        raise Refusal(_("Only operators give and take roles."))
    if by.pk == user.pk:
        raise Refusal(_("Nobody changes her own roles. Another operator has to do it."))


def check_place(duty: Duty) -> None:
    """Where and until when a role may hold; raises Refusal. What was once given otherwise can still be taken."""
    if found := mistakes_of(duty):
        raise Refusal(next(iter(found.values())))


def mistakes_of(duty: Duty) -> dict[str, str]:
    """What is wrong with place and last day for such a role, by field; a form tells all of it at once."""
    found = {}
    if duty.role == Role.INCUBATOR and not duty.area:
        found["area"] = _("Incubator staff work for a place: please name it.")
    if duty.area and duty.role not in {Role.INCUBATOR, Role.TRAINER}:
        found["area"] = _("This role holds everywhere: leave the place empty.")
    if duty.until and duty.role == OPERATOR:
        found["until"] = _("An operator's role has no last day; it is taken back.")
    return found


def lose(user: User, duty: Duty) -> None:
    """Whatever let her in. Raises Refusal where there is nothing."""
    if duty.role == OPERATOR:
        if not user.is_superuser:
            raise Refusal(_("She does not hold this role."))
        user.is_superuser = user.is_staff = False
        user.save(update_fields=["is_superuser", "is_staff"])
        return
    gone, _rows = user.role_grants.filter(role=duty.role, area=duty.area).delete()
    if not gone:
        raise Refusal(_("She does not hold this role."))
    if not user.role_grants.filter(role=duty.role).exists():
        user.groups.remove(*Group.objects.filter(name__in=TAKEN.get(Role(duty.role), ())))


def noted(user: User, deed: Deed, duty: Duty, reason: str, by: User | None, at: datetime) -> None:
    """One row with the reason, one in the audit trail, and a word to her."""
    fields = {"role": duty.role, "area": duty.area, "until": duty.until}
    entry = StaffEntry.objects.create(user=user, deed=deed, reason=reason, by=by, at=at, **fields)
    audit.record(f"staff.role_{deed}", of=user, by=by, role=duty.role, area=duty.area, until=duty.until or "")
    words = notices.saying("%(duty)s", duty=lambda: f"{duty.label} {duty.place}".strip())
    link = workplaces.room_of(duty.role) if deed == Deed.GIVEN else ""
    cause = f"staff:{entry.pk}"
    notices.tell(user=user, cause=cause, subject=deed.label, body=words, link=link, kind=NoticeKind.SAFETY)
