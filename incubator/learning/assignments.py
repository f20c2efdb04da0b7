"""What learners do besides reading: some of it a trainer looks at, some the shop itself shows."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalogue.models import Listing
from marketplace.core import audit, notices
from marketplace.seller.capabilities import TeamRole
from marketplace.seller.models import Membership

from .certifying import certify_if_earned
from .models import Assignment, Enrolment, Lesson, Submission

State = Submission.State


class NotDone(Exception):
    """The shop does not show it; ``for_people`` says what is missing."""

    @property
    def for_people(self) -> str:
        return _("There is no product of yours on the shelf yet. It counts once it has passed the review.")


@transaction.atomic
def hand_in(*, enrolment: Enrolment, lesson: Lesson, text: str, by, at: datetime) -> Submission:
    """What she did, in her words, for a trainer to look at; again as long as it is not accepted."""
    submission, made = Submission.objects.select_for_update().get_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"text": text, "sent_at": at}
    )
    if made or submission.state == State.ACCEPTED:
        return submission
    submission.text, submission.sent_at, submission.state = text, at, State.WAITING
    submission.reviewed_by, submission.reviewed_at = None, None
    submission.save()
    return submission


@transaction.atomic
def check_shop(*, enrolment: Enrolment, lesson: Lesson, by, at: datetime) -> Submission:
    """Ask the shop whether a shop of hers has a product on the shelf. Raises NotDone if it has not."""
    done = Submission.objects.filter(enrolment=enrolment, lesson=lesson, state=State.ACCEPTED).first()
    if done:
        return done
    shops = Membership.objects.filter(user=enrolment.learner.user_id, role=TeamRole.OWNER).values("seller")
    listed = Listing.objects.filter(Q(is_live=True) | Q(sold__gt=0), seller__in=shops).order_by("listed_at").first()
    if enrolment.learner.user_id is None or listed is None:
        raise NotDone
    values = {"state": State.ACCEPTED, "product_id": listed.pk, "sent_at": at, "reviewed_at": at}
    submission, _made = Submission.objects.update_or_create(enrolment=enrolment, lesson=lesson, defaults=values)
    audit.record("learning.assignment_accepted", of=submission, by=by, product=listed.pk)
    certify_if_earned(enrolment, at)
    return submission


def seller_listed(*, seller: int, at: datetime) -> int:
    """A product of this seller went on the shelf: the assignment of her owners is done; returns for how many places."""
    users = Membership.objects.filter(seller=seller, role=TeamRole.OWNER).values("user")
    enrolments = Enrolment.objects.seated().filter(learner__user__in=users).select_related("cohort__course", "learner")
    done = 0
    for enrolment in enrolments:
        for lesson in enrolment.cohort.course.lessons.filter(assignment=Assignment.FIRST_PRODUCT, is_open=True):
            check_shop(enrolment=enrolment, lesson=lesson, by=None, at=at)
            done += 1
    return done


@transaction.atomic
def review(*, submission: Submission, is_accepted: bool, note: str, by, at: datetime) -> Submission:
    """A trainer looked at it; what is returned says why. What was accepted stays so."""
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if submission.state == State.ACCEPTED:
        return submission
    submission.state = State.ACCEPTED if is_accepted else State.RETURNED
    submission.note, submission.reviewed_by, submission.reviewed_at = note, by, at
    submission.save()
    audit.record("learning.assignment_reviewed", of=submission, by=by, state=submission.state)
    tell(submission)
    if is_accepted:
        certify_if_earned(submission.enrolment, at)
    return submission


def tell(submission: Submission) -> None:
    """She hears what became of it."""
    user = submission.enrolment.learner.user
    if user is None:
        return
    lesson = submission.lesson
    is_accepted = submission.state == State.ACCEPTED
    accepted = gettext_lazy("Your assignment was accepted")
    returned = gettext_lazy("Your assignment comes back to you")
    notices.tell(
        user=user,
        cause=f"assignment:{submission.pk}:{submission.reviewed_at:%Y%m%d%H%M%S%f}",
        subject=accepted if is_accepted else returned,
        body=notices.saying(
            gettext_lazy("Lesson %(lesson)s. %(note)s"), lesson=lambda: lesson.display_title, note=submission.note
        ),
        link=f"/training/{lesson.course.code}/{lesson.code}/",
        kind=notices.NoticeKind.TALK,
    )
