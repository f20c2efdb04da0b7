"""Records every package shares: who did what, what happened, and what people were told."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField


class AuditEntry(models.Model):
    """One thing a person or the site itself did to a record. Written with the fact, never changed."""

    action = models.CharField(_("Action"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("Audit entry")
        verbose_name_plural = _("Audit trail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self):
        return f"{self.action} {self.object_type} {self.object_id}"


class Event(models.Model):
    """The outbox: a fact announced in the transaction that made it. ``payload`` holds ids only, never a person's data."""

    name = models.CharField(max_length=60, db_index=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.name} {self.payload}"


class Delivery(models.Model):
    """One event on its way to one receiver. Unique, so a replay finds the row instead of making a second one."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    receiver = models.CharField(max_length=120)
    delivered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "receiver"], name="delivery_once_per_receiver")]
        indexes = [models.Index(fields=["id"], condition=Q(delivered_at__isnull=True), name="delivery_outstanding")]

    def __str__(self):
        return f"{self.event_id} → {self.receiver}"


class Heartbeat(models.Model):
    """The last moment at which a process of ours said that it is alive."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name


class Consent(models.Model):
    """A person's agreement to one purpose, with the version of the text she saw. Withdrawn, not deleted.

    The person is a user, or somebody a record of ours speaks of, named by ``subject`` (``story:12``, never her name).
    For a minor a guardian agrees; who that is lies encrypted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    subject = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=40)
    text_version = models.CharField(max_length=20)
    guardian = EncryptedTextField(_("Guardian"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "text_version"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_per_version",
            ),
            models.UniqueConstraint(
                fields=["subject", "purpose", "text_version"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(subject=""),
                name="consent_once_per_subject_and_version",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, subject="") | (Q(user__isnull=True) & ~Q(subject="")),
                name="consent_of_a_user_or_a_subject",
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.text_version}"


class Channel(models.TextChoices):
    """How a notice may reach a person."""

    IN_APP = "in_app", _("On this site")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


class NoticeKind(models.TextChoices):
    """What a notice is about; for each kind but the last a person chooses how she wants to hear of it."""

    ORDER = "order", _("Orders and payments")
    PARCEL = "parcel", _("Parcels")
    CASE = "case", _("Refunds and after-sales")
    TALK = "talk", _("Messages and answers")
    SHOP = "shop", _("Your shop and its goods")
    SAFETY = "safety", _("Safety of your account")


class NoticePreference(models.Model):
    """By which ways, besides this site, a person wants to hear of what: lists of kinds. No row means: on this site only."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference")
    by_email = models.JSONField(_("E-mail"), default=list, blank=True)
    by_sms = models.JSONField(_("Text message"), default=list, blank=True)

    def __str__(self):
        return f"e-mail {self.by_email}, SMS {self.by_sms}"


class NoticeQuerySet(models.QuerySet):
    def inbox_of(self, user):
        """What this person was told on the site, the latest first."""
        return self.filter(user=user, channel=Channel.IN_APP)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message about one fact to one person by one way. ``cause`` makes it unique: told once, however often announced."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    address = models.CharField(max_length=254, help_text="user:ID, an e-mail address or a number in E.164")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    kind = models.CharField(max_length=10, choices=NoticeKind.choices, default=NoticeKind.ORDER)
    cause = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    words = models.JSONField(default=dict, db_default={}, editable=False, help_text="subject and body by language")
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["cause", "channel", "address"], name="notice_once_per_cause")]
        indexes = [
            models.Index(fields=["user", "-id"], condition=Q(channel="in_app"), name="notice_inbox"),
            models.Index(fields=["user"], condition=Q(channel="in_app", read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self):
        return self.subject

    @property
    def said(self):
        """Subject and body in the reader's language; what was written in one language only says it in that."""
        subject, body = self.words.get(get_language()) or (self.subject, self.body)
        return {"subject": subject, "body": body}


class ImportRun(models.Model):
    """One table somebody brought, carried out as a whole. What it changed can be taken back from its changes."""

    kind = models.CharField(max_length=40, db_index=True)
    scope = models.CharField(max_length=60, blank=True, help_text="whose table it is, such as seller:3")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.kind} {self.file_name}"

    @property
    def refused(self):
        return len(self.errors)

    @property
    def read(self):
        return self.new + self.updated + self.unchanged + self.refused


class ImportChange(models.Model):
    """What one row of an import did to one record: its fields before (None: there was no record) and after."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    row = models.PositiveIntegerField()
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.object_type} {self.object_id}"


class Stamp(models.Model):
    """A mark that becomes another one whenever something of its subject changes."""

    subject = models.CharField(max_length=40, primary_key=True)
    mark = models.CharField(max_length=16)

    def __str__(self):
        return self.subject
