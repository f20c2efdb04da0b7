"""A question 问商家 is public and about a good. A thread is what one buyer and one seller write about one good or one order."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.private_files import private_storage

LONGEST_QUESTION, LONGEST = 200, 500


class Side(models.TextChoices):
    """Who writes in a thread."""

    BUYER = "buyer", _("Buyer")
    SELLER = "seller", _("Seller")


class QuestionQuerySet(models.QuerySet):
    def shown(self):
        """Answered, and not hidden by staff: what everybody reads."""
        return self.exclude(answer="").filter(hidden_at__isnull=True)

    def waiting(self):
        """The shop has not answered yet."""
        return self.filter(answer="", hidden_at__isnull=True)

    def of_seller(self, seller):
        return self.filter(seller=seller)


class Question(models.Model):
    """Asked once, answered once, for all to read."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="questions")
    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="questions")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(_("Your question"), max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField()
    answer = models.CharField(_("Answer"), max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Question")
        verbose_name_plural = _("Questions")
        ordering = ["-asked_at", "-id"]
        constraints = [
            UniqueConstraint(fields=["product", "asker", "text"], name="question_asked_once"),
            CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answer_has_date",
            ),
            CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                name="question_hidden_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["product", "-asked_at"], name="question_by_product")]

    def __str__(self):
        return self.text


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The threads of this buyer."""
        return self.filter(buyer=user) if user.is_authenticated else self.none()

    def of_seller(self, seller):
        return self.filter(seller=seller)

    def waiting_for(self, side: Side):
        """The other side wrote last."""
        return self.filter(last_side=Side.BUYER if side == Side.SELLER else Side.SELLER)

    def for_list(self):
        """With what a list shows of each."""
        return self.select_related("seller", "buyer", "product__parent", "order")


class Thread(models.Model):
    """What a buyer and a seller write about one good, or about one order."""

    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads")
    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="threads")
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="threads"
    )
    order = models.OneToOneField("order.Order", null=True, blank=True, on_delete=models.CASCADE, related_name="thread")
    last_at = models.DateTimeField()
    last_side = models.CharField(max_length=10, choices=Side.choices)
    last_text = models.CharField(max_length=80, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Messages")
        ordering = ["-last_at", "-id"]
        constraints = [
            UniqueConstraint(fields=["buyer", "product"], name="thread_once_per_product"),
            CheckConstraint(
                condition=Q(product__isnull=False, order__isnull=True) | Q(product__isnull=True, order__isnull=False),
                name="thread_about_a_product_or_an_order",
            ),
        ]
        indexes = [models.Index(fields=["seller", "-last_at"], name="thread_by_seller")]

    def __str__(self):
        return self.about

    def get_absolute_url(self):
        return reverse("customer:thread", args=[self.pk])

    @property
    def about(self) -> str:
        """The good's title, or the order's number."""
        return self.order.number if self.order else self.product.display_title

    @property
    def buyer_name(self) -> str:
        """The buyer as the shop reads her."""
        return self.buyer.nickname or self.buyer.first_name or str(_("Buyer"))


class Message(models.Model):
    """One message, never changed. ``key`` comes with the form, so that pressing twice sends once."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    key = models.UUIDField(default=uuid.uuid4)
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=LONGEST, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [UniqueConstraint(fields=["thread", "key"], name="message_sent_once")]

    def __str__(self):
        return self.text


class MessagePhoto(models.Model):
    """A picture in a message, re-encoded, for the eyes of the two sides only."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="photos")
    file = models.ImageField(upload_to="messages/", storage=private_storage, max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.file.name
