"""Match runs and what they propose. Once a run is finished the database refuses every change (``guards``)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fairs import Fair
from .registrations import FairPartner, FairProduct


class RunState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("match run", "Waiting")
    RUNNING = "running", pgettext_lazy("match run", "Running")
    DONE = "done", pgettext_lazy("match run", "Done")
    REFUSED = "refused", pgettext_lazy("match run", "Not possible")
    FAILED = "failed", pgettext_lazy("match run", "Interrupted")


class Step(models.TextChoices):
    """How far a run has come."""

    WAITING = "", pgettext_lazy("match run", "Waiting for the worker")
    SOLVING = "solving", pgettext_lazy("match run", "Looking for the best choice")
    WEIGHING = "weighing", pgettext_lazy("match run", "Working out what pins and bans cost")
    WRITING = "writing", pgettext_lazy("match run", "Writing it down")


UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


def in_scores(units: int | None, per_score: int | None) -> float | None:
    """Whole units as scores; None before there are any."""
    return units / per_score if units is not None and per_score else None


class MatchRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Runs of fairs this person works on."""
        return self.filter(fair__in=Fair.objects.visible_to(user))

    def done(self):
        return self.filter(state=RunState.DONE)

    def unfinished(self):
        return self.filter(state__in=UNFINISHED)


class MatchRun(models.Model):
    """A match run 匹配批次: the whole of what went in (``inputs``, with its hash), how it was solved, and what came out.

    ``objective_units`` and ``bound_units`` are whole numbers, ``units_per_score`` of them make a score of 1; equal ones prove
    that no choice is better. ``report`` holds counts, fairness and the cost of each pin and ban.
    """

    fair = models.ForeignKey(Fair, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField(_("Number"))
    state = models.CharField(_("Status"), max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    step = models.CharField(max_length=10, choices=Step.choices, blank=True, default=Step.WAITING)
    inputs = models.JSONField(encoder=DjangoJSONEncoder)
    inputs_hash = models.CharField(max_length=64)
    weights = models.CharField(_("Weights"), max_length=20)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    solver = models.CharField(max_length=40, blank=True)
    objective_units = models.BigIntegerField(null=True, blank=True)
    bound_units = models.BigIntegerField(null=True, blank=True)
    units_per_score = models.BigIntegerField(null=True, blank=True)
    sum_score = models.FloatField(null=True, blank=True)
    products = models.PositiveIntegerField(default=0)
    partners = models.PositiveIntegerField(default=0)
    products_covered = models.PositiveIntegerField(null=True, blank=True)
    partners_covered = models.PositiveIntegerField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    refusal = models.JSONField(default=dict, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("Match run")
        verbose_name_plural = _("Match runs")
        ordering = ["-number"]
        constraints = [
            UniqueConstraint(fields=["fair", "number"], name="match_run_number_once"),
            UniqueConstraint(
                fields=["fair"], condition=Q(state__in=["queued", "running"]), name="match_run_one_at_a_time"
            ),
            CheckConstraint(
                condition=~Q(state="done")
                | Q(
                    objective_units__isnull=False,
                    bound_units__isnull=False,
                    units_per_score__gt=0,
                    products_covered__isnull=False,
                    partners_covered__isnull=False,
                    finished_at__isnull=False,
                ),
                name="match_run_done_has_value_and_bound",
            ),
            CheckConstraint(
                condition=Q(bound_units=None) | Q(bound_units__gte=models.F("objective_units")),
                name="match_run_bound_holds",
            ),
        ]

    def __str__(self):
        return f"{self.fair_id}/{self.number}"

    def get_absolute_url(self):
        return reverse("incubator:fairs:run", args=[self.pk])

    @property
    def is_done(self):
        return self.state == RunState.DONE

    @property
    def is_unfinished(self):
        return self.state in UNFINISHED

    @property
    def is_proved(self):
        """True if nothing can be better."""
        return self.is_done and self.objective_units == self.bound_units

    @property
    def objective(self):
        """What the choice is worth, in scores."""
        return in_scores(self.objective_units, self.units_per_score)

    @property
    def bound(self):
        """What no choice can exceed, in scores."""
        return in_scores(self.bound_units, self.units_per_score)

    @property
    def short_hash(self):
        return self.inputs_hash[:8]


class Proposal(models.Model):
    """A proposal 匹配建议: one pair a run chose. Scores and places are for staff; ``facts`` hold what both sides may read.

    A pinned pair that breaks a hard rule has no score.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="proposals")
    product = models.ForeignKey(FairProduct, on_delete=models.PROTECT, related_name="proposals")
    partner = models.ForeignKey(FairPartner, on_delete=models.PROTECT, related_name="proposals")
    is_pinned = models.BooleanField(default=False)
    score = models.FloatField(null=True, blank=True)
    growers_score = models.FloatField(null=True, blank=True)
    partner_score = models.FloatField(null=True, blank=True)
    place_for_product = models.PositiveIntegerField(default=0)
    place_for_partner = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("Proposal")
        verbose_name_plural = _("Proposals")
        ordering = ["product__code", "partner__code"]
        constraints = [UniqueConstraint(fields=["run", "product", "partner"], name="proposal_once_per_run_and_pair")]

    def __str__(self):
        return f"{self.product_id} × {self.partner_id}"
