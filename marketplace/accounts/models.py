"""Who uses the site: a person is known by a mobile number, an e-mail address, or both."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from marketplace.core.encryption import blind_index
from marketplace.core.fields import AreaField


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by what they typed."""

    def create_user(self, *, mobile=None, email=None, password=None, **fields):
        """A saved user with at least one of ``mobile`` (E.164 or a Chinese number) and ``email``; raises ValueError without."""
        if not (mobile or email):
            raise ValueError("A user needs a mobile number or an e-mail address.")
        user = self.model(mobile=mobile or None, email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, mobile=None, email=None, password=None, **fields):
        """A user who may do everything."""
        return self.create_user(
            mobile=mobile, email=email, password=password, is_staff=True, is_superuser=True, **fields
        )

    @classmethod
    def normalize_email(cls, email):
        """Lower case throughout: no mail host in use tells two addresses apart by case, people do type both."""
        return super().normalize_email(email).lower() if email else ""

    def get_by_natural_key(self, username):
        """The user of this number or address; ``createsuperuser`` asks with a number it has read already."""
        return self.get(Q(mobile=username) | Q(email=self.normalize_email(str(username))))


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a sign-in. ``mobile`` (E.164) and ``email`` are each unique or null, at least one is there.

    A closed account keeps its row, so that orders keep their buyer, but nothing that names the person.
    """

    mobile = PhoneNumberField(_("Mobile number"), unique=True, null=True, blank=True)
    email = models.EmailField(_("E-mail address"), unique=True, null=True, blank=True)
    mobile_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    email_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    nickname = models.CharField(_("Nickname"), max_length=40, blank=True)
    # Oscar's and Wagtail's staff pages sort and search by these two; ours show one name.
    first_name = models.CharField(_("Real name"), max_length=255, blank=True)
    last_name = models.CharField(max_length=255, blank=True)
    is_staff = models.BooleanField(_("Staff"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)
    date_joined = models.DateTimeField(_("Joined"), default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "mobile"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        constraints = [
            CheckConstraint(
                condition=Q(mobile__isnull=False) | Q(email__isnull=False) | Q(closed_at__isnull=False),
                name="user_has_mobile_or_email",
            ),
            CheckConstraint(condition=~Q(mobile="") & ~Q(email=""), name="user_contact_null_not_empty"),
            CheckConstraint(
                condition=(Q(mobile_verified_at__isnull=True) | Q(mobile__isnull=False))
                & (Q(email_verified_at__isnull=True) | Q(email__isnull=False)),
                name="user_verified_contact_is_there",
            ),
        ]

    def __str__(self):
        return self.get_full_name()

    def clean(self):
        self.mobile = self.mobile or None
        self.email = UserManager.normalize_email(self.email) or None

    def get_username(self):
        return str(self.mobile or self.email or "")

    def get_full_name(self):
        return self.nickname or self.first_name or self.masked_contact or gettext("Closed account")

    def get_short_name(self):
        return self.get_full_name()

    @property
    def masked_contact(self):
        """The mobile number or address with its middle hidden: 138****0001, w***@example.org."""
        return self.masked_mobile or self.masked_email

    @property
    def masked_mobile(self):
        number = str(self.mobile.national_number) if self.mobile else ""
        return f"{number[:3]}****{number[-4:]}" if number else ""

    @property
    def masked_email(self):
        name, _at, host = (self.email or "").partition("@")
        return f"{name[:1]}***@{host}" if host else ""


class Role(models.TextChoices):
    """What staff may be entrusted with; operators are superusers and may do everything. Sellers' teams have roles of their own."""

    REVIEWER = "reviewer", _("Listing reviewer")
    FINANCE = "finance", _("Finance")
    INCUBATOR = "incubator", _("Incubator staff")
    TRAINER = "trainer", _("Trainer")
    EDITOR = "editor", _("Editor")


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, day):
        """Those that count on this day."""
        return self.filter(Q(until=None) | Q(until__gte=day))


class RoleGrant(models.Model):
    """A role given to a person, for one place and all below it, or everywhere (``area`` empty)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    area = AreaField(_("Place"), blank=True)
    until = models.DateField(_("Until"), null=True, blank=True, help_text="the last day it counts; empty for no end")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("Role")
        verbose_name_plural = _("Roles")
        constraints = [models.UniqueConstraint(fields=["user", "role", "area"], name="role_once_per_person_and_place")]

    def __str__(self):
        return f"{self.user} {self.get_role_display()} {self.area}"


class StaffEntry(models.Model):
    """What was done about somebody's work as staff, and why. Written with the deed, never changed."""

    class Deed(models.TextChoices):
        GIVEN = "given", _("Role given")
        TAKEN = "taken", _("Role taken back")
        ENDED = "ended", _("Role ended on its day")
        SECOND_FACTOR = "second", _("Second step reset")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_entries")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    role = models.CharField(max_length=20, blank=True, help_text="a role, or operator")
    area = AreaField(blank=True)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Entry about staff")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.deed} {self.role} {self.area}"


class OneTimeCode(models.Model):
    """A code sent to a mobile number or e-mail address to prove that it is somebody's; only a mark of it is kept."""

    class Purpose(models.TextChoices):
        DOOR = "door", _("Sign in or sign up")
        PASSWORD = "password", _("Set a new password")  # noqa: S105
        CONTACT = "contact", _("Prove a number or an address")

    address = models.CharField(max_length=254, help_text="a number in E.164 or an e-mail address")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Verification code")
        indexes = [models.Index(fields=["address", "purpose", "-sent_at"], name="code_latest_by_address")]

    def __str__(self):
        return f"{self.purpose} {self.sent_at:%Y-%m-%d %H:%M}"


class Session(AbstractBaseSession):
    """One browser somebody uses, as Django's sessions are, and whose it is, so that she can see and end hers."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    agent = models.CharField(max_length=200, blank=True, help_text="what the browser calls itself")
    began_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BaseSessionManager] = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls):
        from .sessions import SessionStore

        return SessionStore

    @property
    def handle(self) -> str:
        """Names it on a page without giving away the key that opens it."""
        return blind_index(f"session:{self.session_key}")[:16]


class Tally(models.Model):
    """How often something was tried within a window that ends at ``until``. ``subject`` can be compared, not read."""

    limit = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "subject"], name="tally_once_per_limit_and_subject")]

    def __str__(self):
        return f"{self.limit} {self.count}"


from .authenticators import Authenticator, RecoveryCode  # noqa: F401
