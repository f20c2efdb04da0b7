"""A complaint 投诉: what somebody tells the platform about a seller, a good or an order. The seller reads what staff write her, not this."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.private_files import private_storage
from marketplace.order.models import new_number

from .states import MOVES, OPEN, Kind, Outcome, State

LONGEST = 1000


class ComplaintQuerySet(models.QuerySet):
    def open(self):
        """Not answered yet."""
        return self.filter(state__in=sorted(OPEN))

    def visible_to(self, user):
        """Her own: made when she was signed in, or by nobody's account about an order that is hers."""
        return self.filter(Q(user=user) | Q(user=None, order__user=user)) if user.is_authenticated else self.none()

    def told_to(self, seller):
        """Those staff spoke of with the seller."""
        return self.filter(seller=seller, told_seller_at__isnull=False)

    def for_page(self):
        return self.select_related("seller", "product", "order__purchase", "user").prefetch_related("photos")


class Complaint(models.Model):
    """Made once, answered once by ``due_at``. Without a ``user`` it is a guest's, who has the link of her purchase.

    ``about`` keeps what the subject was called, whatever becomes of it. ``told_seller`` is what staff asked the seller,
    ``seller_said`` what she answered; both sides of that talk are for staff and seller alone.
    """

    number = models.CharField(_("Complaint number"), max_length=20, unique=True, default=new_number)
    key = models.UUIDField(unique=True)
    kind = models.CharField(_("What is it about?"), max_length=20, choices=Kind.choices)
    text = models.CharField(_("What happened?"), max_length=LONGEST)
    about = models.CharField(max_length=200)
    seller = models.ForeignKey("partner.Partner", null=True, on_delete=models.SET_NULL, related_name="complaints")
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.SET_NULL, related_name="complaints"
    )
    order = models.ForeignKey("order.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    language = models.CharField(max_length=10)
    state = models.CharField(_("Status"), max_length=10, choices=State.choices, default=State.RECEIVED)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("Result"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.CharField(_("Answer"), max_length=LONGEST, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    told_seller = models.CharField(_("To the seller"), max_length=LONGEST, blank=True)
    told_seller_at = models.DateTimeField(null=True, blank=True)
    seller_said = models.CharField(_("The seller's answer"), max_length=LONGEST, blank=True)
    seller_said_at = models.DateTimeField(null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("Complaint")
        verbose_name_plural = _("Complaints")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(condition=Q(state__in=State.values), name="complaint_state_known"),
            CheckConstraint(condition=Q(user__isnull=False) | Q(order__isnull=False), name="complaint_of_somebody"),
            CheckConstraint(condition=~Q(state="answered") | (~Q(answer="") & ~Q(outcome="")), name="complaint_answer"),
            CheckConstraint(
                condition=Q(state__in=sorted(OPEN), closed_at__isnull=True)
                | (~Q(state__in=sorted(OPEN)) & Q(closed_at__isnull=False)),
                name="complaint_closed_with_date",
            ),
            CheckConstraint(
                condition=Q(told_seller="", told_seller_at__isnull=True)
                | (~Q(told_seller="") & Q(told_seller_at__isnull=False)),
                name="complaint_told_with_date",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="complaint_queue"),
            models.Index(fields=["seller", "-told_seller_at"], name="complaint_by_seller"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def move(self, name: str) -> None:
        """Take a step; raises IllegalMove. Saving is up to the caller."""
        self.state = MOVES.target(name, self.state)


class ComplaintPhoto(models.Model):
    """What she shows, for herself and staff only."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="photos")
    file = models.ImageField(upload_to="complaints/", storage=private_storage, max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.file.name
