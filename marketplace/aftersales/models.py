"""An after-sale case 售后单: what a buyer asks of a seller about one order, what both say, and how it ends."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.private_files import private_storage
from marketplace.order.models import new_number

from .states import CASE_MOVES, OPEN, TURNS, CaseState, Kind, Reason, Side, Turn


class CaseQuerySet(models.QuerySet):
    def open(self):
        """Not settled yet: money of their orders stays where it is."""
        return self.filter(state__in=OPEN)

    def overdue(self, now):
        """Somebody let her time pass."""
        return self.open().filter(due_at__lte=now)

    def visible_to(self, user):
        """The cases of this buyer's orders."""
        return self.filter(order__user=user) if user.is_authenticated else self.none()

    def of_seller(self, seller):
        return self.filter(order__seller=seller)

    def waiting_for(self, side: Side):
        return self.filter(state__in=[state for state, turn in TURNS.items() if turn.side == side])

    def for_page(self):
        """All that one case's page shows, in a fixed number of queries."""
        return self.select_related("order__purchase", "order__seller", "refund").prefetch_related(
            "lines__line", "entries__photos", "entries__by"
        )


class Case(models.Model):
    """One request about one order. While it is open there is no second one for the order.

    ``due_at`` is the moment by which the side whose turn it is has to act; amounts are yuan.
    """

    number = models.CharField(_("Case number"), max_length=20, unique=True, default=new_number)
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("What you ask for"), max_length=20, choices=Kind.choices)
    reason = models.CharField(_("Reason for refund"), max_length=20, choices=Reason.choices)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.ASKED)
    freight_asked = models.DecimalField(_("Delivery fee"), max_digits=12, decimal_places=2, default=0)
    freight_agreed = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    return_address = models.CharField(
        _("Where to send the goods back"),
        max_length=200,
        blank=True,
        help_text=_("Name, number and address. Only this buyer sees it."),
    )
    return_carrier = models.CharField(_("Courier"), max_length=20, blank=True)
    return_number = models.CharField(_("Tracking number"), max_length=30, blank=True)
    restocked = models.BooleanField(default=False)
    refund = models.OneToOneField(
        "payment.Refund", null=True, blank=True, on_delete=models.PROTECT, related_name="case"
    )
    resend = models.OneToOneField("order.Parcel", null=True, blank=True, on_delete=models.PROTECT, related_name="case")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("After-sale case")
        verbose_name_plural = _("After-sale cases")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(fields=["order"], condition=Q(state__in=sorted(OPEN)), name="case_one_open_per_order"),
            CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            CheckConstraint(
                condition=Q(state__in=sorted(OPEN), closed_at__isnull=True, due_at__isnull=False)
                | (~Q(state__in=sorted(OPEN)) & Q(closed_at__isnull=False, due_at__isnull=True)),
                name="case_open_has_deadline_closed_has_date",
            ),
            CheckConstraint(
                condition=Q(refund__isnull=True) | Q(state="refunded"), name="case_refund_only_if_refunded"
            ),
            CheckConstraint(
                condition=Q(freight_asked__gte=0) & (Q(freight_agreed__isnull=True) | Q(freight_agreed__gte=0)),
                name="case_freight_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="case_open_by_deadline")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("customer:case", args=[self.number])

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the locks and saves."""
        self.state = CASE_MOVES.target(name, self.state)

    def allows(self, name: str) -> bool:
        return CASE_MOVES.allows(name, self.state)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def turn(self) -> Turn | None:
        """Who has to act now, and within which time; None for a closed case."""
        return TURNS.get(CaseState(self.state))

    @property
    def asked(self):
        """All that was asked for, in yuan. Uses the lines that were fetched along."""
        return sum((line.asked for line in self.lines.all()), self.freight_asked)

    @property
    def agreed(self):
        """What was offered or agreed, in yuan; None while nothing was."""
        if self.freight_agreed is None:
            return None
        return sum((line.agreed or 0 for line in self.lines.all()), self.freight_agreed)


class CaseLine(models.Model):
    """How many pieces of an order's line a case is about, and the amounts that fall to it in yuan."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="case_lines")
    quantity = models.PositiveIntegerField(_("Quantity"))
    asked = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2, default=0)
    agreed = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["line_id"]
        constraints = [
            UniqueConstraint(fields=["case", "line"], name="case_line_once"),
            CheckConstraint(condition=Q(quantity__gt=0), name="case_line_quantity_positive"),
            CheckConstraint(
                condition=Q(asked__gte=0) & (Q(agreed__isnull=True) | Q(agreed__gte=0)),
                name="case_line_amounts_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.line} × {self.quantity}"


class CaseEntry(models.Model):
    """One thing that was done or said in a case, never changed. ``move`` is empty where somebody only spoke."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    move = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=CaseState.choices)
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [CheckConstraint(condition=~Q(move="") | ~Q(text=""), name="case_entry_says_something")]

    def __str__(self):
        return f"{self.side} {self.move}"


class CasePhoto(models.Model):
    """A photo shown in a case, re-encoded, for the eyes of buyer, seller and staff only."""

    entry = models.ForeignKey(CaseEntry, on_delete=models.CASCADE, related_name="photos")
    file = models.ImageField(upload_to="cases/", storage=private_storage, max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.file.name
