"""Papers end and are renewed: sent, approved or returned; reminders before; goods that need them off sale after."""

import uuid
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue import actions as catalogue
from marketplace.catalogue.models import Certificate, Product
from marketplace.core import audit, notices
from marketplace.core.models import NoticeKind
from marketplace.partner.models import Partner
from marketplace.seller.capabilities import Can

from .licences import Licence, LicenceKind, LicenceState

REMIND_DAYS = (1, 7, 30)
OVERDUE = timedelta(days=30)
PAGE = "/seller/papers/"


@transaction.atomic
def renew(*, seller, kind: str, file, valid_until, by, at) -> Licence:
    """Send a paper to staff; one that waits already is replaced. ``file`` is a clean copy."""
    Partner.objects.select_for_update(of=("self",)).get(pk=seller.pk)
    for old in Licence.objects.of(seller).waiting().filter(kind=kind):
        transaction.on_commit(partial(old.file.storage.delete, str(old.file.name)))
        old.delete()
    licence = Licence(seller=seller, kind=kind, valid_until=valid_until, sent_by=by, sent_at=at)
    licence.file.save(f"{uuid.uuid4().hex}.webp", file)
    audit.record("licence.sent", of=licence, by=by, kind=kind, valid_until=valid_until)
    return licence


@transaction.atomic
def take_over(*, seller, papers, by, at) -> None:
    """The papers a shop was opened on hold from now on, to the day that stands on them."""
    for paper in papers:
        if paper.kind in LicenceKind.values:
            Licence.objects.create(
                seller=seller,
                kind=paper.kind,
                file=paper.file.name,
                valid_until=paper.valid_until,
                state=LicenceState.APPROVED,
                sent_by=by,
                sent_at=paper.added_at,
                decided_by=by,
                decided_at=at,
            )


@transaction.atomic
def approve(*, licence: Licence, by, at) -> Licence:
    """It counts from now on; goods that were hidden for want of it are back. Raises IllegalMove if decided already."""
    licence = decided(licence, "approve", "", by, at)
    follow_terms(timezone.localdate(at))
    tell(licence, "approved", _("%(paper)s is approved"), _("It counts from now on."))
    return licence


@transaction.atomic
def give_back(*, licence: Licence, note: str, by, at) -> Licence:
    """Not this one, and why. Raises IllegalMove if decided already."""
    licence = decided(licence, "return", note.strip(), by, at)
    tell(licence, "returned", _("Please send %(paper)s again"), licence.note)
    return licence


def decided(licence: Licence, move: str, note: str, by, at) -> Licence:
    """The paper, locked, moved and signed."""
    licence = Licence.objects.select_for_update(of=("self",)).select_related("seller").get(pk=licence.pk)
    licence.move(move)
    licence.note, licence.decided_by, licence.decided_at = note, by, at
    licence.save(update_fields=["state", "note", "decided_by", "decided_at"])
    audit.record(f"licence.{move}", of=licence, by=by)
    return licence


def follow_terms(day) -> int:
    """Goods that need a paper that is over are off sale, and back once it is renewed; returns how many changed."""
    over = Licence.objects.ending_by(day - timedelta(days=1))
    sellers = {kind: over.filter(kind=kind).values("seller") for kind in LicenceKind}
    trade = Q(seller__in=sellers[LicenceKind.LICENCE]) & ~Q(seller__kind=Partner.Kind.GROWER)
    food = Q(seller__in=sellers[LicenceKind.FOOD], food_label__isnull=False)
    wholes = Product.objects.exclude(structure=Product.CHILD)
    hide = wholes.filter(trade | food, papers_over=False)
    show = wholes.filter(papers_over=True).exclude(trade | food)
    changed = [*((product, True) for product in hide), *((product, False) for product in show)]
    for product, is_over in changed:
        Product.objects.filter(pk=product.pk).update(papers_over=is_over)
        audit.record("product.papers_over" if is_over else "product.papers_renewed", of=product)
        catalogue.refresh_whole(product.pk)
    return len(changed)


def remind(day) -> None:
    """Owners are told 30, 7 and 1 days before a paper ends, and when it is over; each time once, whatever was missed."""
    soon = day + timedelta(days=max(REMIND_DAYS))
    waiting = {(each.seller_id, each.kind) for each in Licence.objects.waiting()}
    for licence in Licence.objects.ending_by(soon).filter(valid_until__gte=day - OVERDUE).select_related("seller"):
        step = step_of(licence.valid_until, day)
        if step == 0:
            tell(licence, "over", _("%(paper)s is over"), _("Goods that need it are off sale until it is renewed."))
        elif (licence.seller_id, licence.kind) not in waiting:
            tell(licence, f"{step}", _("%(paper)s ends soon"), last_day(licence.valid_until))
    certificates = Certificate.objects.filter(checked_on__isnull=False, valid_until__range=(day, soon))
    for certificate in certificates.select_related("seller"):
        cause = f"certificate:{certificate.pk}:{step_of(certificate.valid_until, day)}"
        write(
            certificate.seller,
            cause,
            _("%(paper)s ends soon"),
            partial(getattr, certificate, "display_name"),
            last_day(certificate.valid_until),
        )


def step_of(ends, day) -> int:
    """Which reminder is due: the nearest of 1, 7 and 30 days that is not over; 0 once the paper is."""
    left = (ends - day).days
    return next((days for days in REMIND_DAYS if left <= days), max(REMIND_DAYS)) if left >= 0 else 0


def last_day(day):
    words = _("Its last day is %(day)s. Please renew it in time.")
    return notices.saying(words, day=partial(date_format, day, "DATE_FORMAT"))


def tell(licence: Licence, what: str, subject, body) -> None:
    """A notice about one paper."""
    write(licence.seller, f"licence:{licence.pk}:{what}", subject, licence.get_kind_display, body)


def write(seller, cause: str, subject, paper, body) -> None:
    """To everybody who looks after the shop, once for each cause."""
    message = {"subject": notices.saying(subject, paper=paper), "body": body, "link": PAGE}
    for member in seller.members.select_related("user__notice_preference"):
        if member.may(Can.SHOP):
            notices.tell(user=member.user, cause=cause, kind=NoticeKind.SHOP, **message)
