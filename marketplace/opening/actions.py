"""From an application to an open shop."""

import uuid
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, consent, events, notices
from marketplace.core.models import NoticeKind
from marketplace.core.states import IllegalMove
from marketplace.partner.models import Partner
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole

from . import renewing
from .forms import TEXTS
from .models import Opening, OpeningState
from .papers import NEEDS


def begin(*, applicant, at) -> Opening:
    """The application somebody has in hand, or a new one; pressed twice it is one."""
    opening, _made = Opening.objects.exclude(state=OpeningState.OPENED).get_or_create(
        applicant=applicant, defaults={"begun_at": at}
    )
    return opening


@transaction.atomic
def keep_papers(*, opening: Opening, papers: dict, by, at) -> None:
    """Keep photographs; a new one takes the place of the old one, whose file is removed. Raises IllegalMove once staff have them."""
    opening = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if not opening.is_editable:
        raise IllegalMove("keep_papers", opening.state)
    for kind, file in papers.items():
        old = opening.papers.filter(kind=kind).first()
        if old:
            transaction.on_commit(partial(old.file.storage.delete, str(old.file.name)))
            old.delete()
        paper = opening.papers.model(opening=opening, kind=kind, added_at=at)
        paper.file.save(f"{uuid.uuid4().hex}.webp", file)
        audit.record("paper.added", of=paper, by=by, kind=kind)


@transaction.atomic
def send(*, opening: Opening, said: dict, by, at) -> Opening:
    """Hand the application to staff, with what was agreed to. Raises IllegalMove if they have it already."""
    opening = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    opening.move("send")
    needs = NEEDS[said["kind"]]
    for name in ("kind", "name", "area", "person"):
        setattr(opening, name, said[name])
    opening.code = said["code"] if needs.code else ""
    opening.identity = said["identity"] if needs.identity else ""
    opening.grows_herself_at = at if needs.statement else None
    opening.sent_at, opening.note = at, ""
    opening.save()
    for kind in ("licence", "food"):
        opening.papers.filter(kind=kind).update(valid_until=said.get(f"{kind}_until"))
    for purpose, agreed in (("seller_identity", said["agree_identity"]), ("seller_bank", said["agree_bank"])):
        if agreed:
            consent.give(purpose=purpose, version=TEXTS[purpose], at=at, user=by)
    audit.record("opening.sent", of=opening, by=by)
    return opening


@transaction.atomic
def approve(*, opening: Opening, by, at, read: str | None = None) -> Partner:
    """The shop opens, and its applicant owns it. ``read`` is the mark of what was read.

    Raises IllegalMove if it was decided already, Unread if the applicant has sent it anew.
    """
    opening = decided(opening, "approve", "", by, at, read)
    seller = Partner.objects.create(
        name=opening.name,
        code=f"s{opening.pk}-{uuid.uuid4().hex[:6]}",
        kind=opening.kind,
        area=opening.area,
        licence=opening.code,
    )
    opening.seller = seller
    opening.save(update_fields=["seller"])
    team.join(seller=seller, user=opening.applicant, role=TeamRole.OWNER, by=by)
    renewing.take_over(seller=seller, papers=opening.papers.all(), by=by, at=at)
    events.announce("shop_opened", seller=seller.pk)
    tell(opening, _("%(shop)s is open"), _("You can list your first product now."), "/seller/")
    return seller


@transaction.atomic
def give_back(*, opening: Opening, note: str, by, at, read: str | None = None) -> Opening:
    """Return the application with reasons. Raises as ``approve`` does."""
    opening = decided(opening, "return", note.strip(), by, at, read)
    tell(opening, _("Please change something in your application for %(shop)s"), opening.note, "/seller/open/")
    return opening


def decided(opening: Opening, move: str, note: str, by, at, read: str | None) -> Opening:
    """The application, locked, moved and signed."""
    opening = Opening.objects.select_for_update(of=("self",)).select_related("applicant").get(pk=opening.pk)
    opening.move(move)
    opening.refuse_unread(read)
    opening.note, opening.decided_by, opening.decided_at = note, by, at
    opening.save(update_fields=["state", "note", "decided_by", "decided_at"])
    audit.record(f"opening.{move}", of=opening, by=by)
    return opening


def tell(opening: Opening, subject, body, link: str) -> None:
    """A notice to the applicant, once for each decision."""
    cause = f"opening:{opening.pk}:{opening.state}:{opening.decided_at:%Y%m%d%H%M%S}"
    subject = notices.saying(subject, shop=opening.name)
    notices.tell(user=opening.applicant, cause=cause, subject=subject, body=body, link=link, kind=NoticeKind.SHOP)
