"""What the sides of a case type."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.forms import PhotosField
from marketplace.core.money import FEN
from marketplace.core.templatetags.yanxing import yuan
from marketplace.order.forms import TrackingForm
from marketplace.order.models import Line, Order
from marketplace.payment import actions as payments

from . import rules
from .models import Case
from .rules import Wish
from .states import Kind, Reason
from .steps import LONGEST

ZERO = Decimal("0.00")


def words(label, *, required: bool, hint="") -> forms.CharField:
    """A text box; line breaks count as one sign."""
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=hint, widget=forms.Textarea(attrs={"rows": 3})
    )


def amount(label) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=ZERO,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Please give an amount such as 12.50."),
            "max_decimal_places": _("Please give an amount such as 12.50."),
        },
    )


class AskForm(forms.Form):
    """What a buyer asks about an order: which pieces, how much money, and why. An empty amount means all of these pieces."""

    kind = forms.ChoiceField(label=gettext_lazy("What you ask for"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason for refund"), choices=[("", gettext_lazy("Please choose")), *Reason.choices]
    )
    freight = forms.BooleanField(label=gettext_lazy("The delivery fee as well"), required=False)
    text = words(gettext_lazy("What happened"), required=False)
    photos = PhotosField(
        label=gettext_lazy("Upload evidence"),
        most=rules.MOST_PHOTOS,
        help_text=gettext_lazy("Up to 6 photos. Spoilt, short or wrong goods need one."),
    )

    def __init__(self, order: Order, *args, something_sent: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines: list[Line] = list(order.lines.all())
        self.paid, self.left = payments.paid_for(order), payments.refundable(order)
        kinds = rules.kinds_for(order, something_sent=something_sent)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0].value
        if not self.left.freight:
            del self.fields["freight"]
        for line in self.lines:
            self.add_line(line)

    def add_line(self, line: Line) -> None:
        self.fields[f"n-{line.pk}"] = forms.IntegerField(
            min_value=0,
            max_value=line.quantity,
            initial=line.quantity if len(self.lines) == 1 else 0,
            required=False,
        )
        self.fields[f"yuan-{line.pk}"] = amount(gettext_lazy("Amount"))

    @property
    def rows(self) -> list[dict]:
        """Each line with its two fields and the most that can be asked for."""
        return [
            {
                "line": line,
                "pieces": self[f"n-{line.pk}"],
                "amount": self[f"yuan-{line.pk}"],
                "most": self.left.lines[line.pk],
            }
            for line in self.lines
        ]

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        for line in self.lines:
            asked, most = typed.get(f"yuan-{line.pk}"), self.left.lines[line.pk]
            if asked is not None and asked > most:
                self.add_error(f"yuan-{line.pk}", _("At most %(most)s of these goods is left.") % {"most": yuan(most)})
        return typed

    @property
    def wishes(self) -> list[Wish]:
        """The chosen pieces with their amounts."""
        chosen = [(line, self.cleaned_data.get(f"n-{line.pk}") or 0) for line in self.lines]
        return [Wish(line, pieces, self.amount_for(line, pieces)) for line, pieces in chosen if pieces]

    def amount_for(self, line: Line, pieces: int) -> Decimal:
        """What was typed, else what these pieces cost and was not given back; nothing for goods sent again."""
        if self.cleaned_data["kind"] == Kind.RESEND:
            return ZERO
        typed = self.cleaned_data.get(f"yuan-{line.pk}")
        if typed is not None:
            return typed
        share = (self.paid.lines[line.pk] * pieces / line.quantity).quantize(FEN, ROUND_DOWN)
        return min(share, self.left.lines[line.pk])

    @property
    def freight_asked(self) -> Decimal:
        wanted = self.cleaned_data.get("freight") and self.cleaned_data["kind"] in {Kind.REFUND, Kind.RETURN}
        return self.left.freight if wanted else ZERO


class CaseForm(forms.Form):
    """A form about a case; most ask nothing."""

    def __init__(self, case: Case, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case


class SayForm(CaseForm):
    """A word, or a picture that speaks for itself."""

    text = words(
        gettext_lazy("Your message"), required=False, hint=gettext_lazy("Mobile numbers are hidden in messages.")
    )
    photos = PhotosField(label=gettext_lazy("Photos"), most=rules.MOST_PHOTOS)

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        if not typed.get("text") and not typed.get("photos") and not self.errors:
            self.add_error("text", _("Please write something or add a photo."))
        return typed


class ReasonForm(CaseForm):
    """A deed that needs a reason."""

    text = words(gettext_lazy("Reason"), required=True)


class AddressForm(CaseForm):
    """Where goods go back to; the address of the shop's last return is proposed."""

    return_address = forms.CharField(
        label=gettext_lazy("Where to send the goods back"),
        max_length=200,
        help_text=gettext_lazy("Name, number and address. Only this buyer sees it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, case: Case, *args, **kwargs):
        super().__init__(case, *args, **kwargs)
        last = Case.objects.filter(order__seller=case.order.seller_id).exclude(return_address="").order_by("-id")
        self.fields["return_address"].initial = (
            case.return_address or last.values_list("return_address", flat=True).first()
        )


class AgreeForm(AddressForm):
    """The shop agrees; where to send goods is asked only when they come back."""

    text = words(gettext_lazy("A word to the buyer"), required=False)

    def __init__(self, case: Case, *args, **kwargs):
        super().__init__(case, *args, **kwargs)
        if case.kind != Kind.RETURN:
            del self.fields["return_address"]


class OfferForm(CaseForm):
    """An amount for each line of the case, and for freight."""

    text = words(gettext_lazy("A word to the buyer"), required=False)

    def __init__(self, case: Case, *args, **kwargs):
        super().__init__(case, *args, **kwargs)
        self.lines = list(case.lines.all())
        left = payments.refundable(case.order)
        own = {f"yuan-{line.line_id}": self.field_for(line, left.lines[line.line_id]) for line in self.lines}
        own["freight"] = amount(_("Delivery fee"))
        own["freight"].help_text = _("At most %(most)s is left.") % {"most": yuan(left.freight)}
        own["freight"].initial = case.freight_asked
        self.fields = own | self.fields  # amounts first, words last

    @staticmethod
    def field_for(line, most: Decimal) -> forms.DecimalField:
        field = amount(f"{line.line.display_title} × {line.quantity}")
        field.initial = min(line.asked, most)
        field.help_text = _("At most %(most)s is left.") % {"most": yuan(most)}
        return field

    @property
    def amounts(self) -> Mapping[int, Decimal]:
        return {line.line_id: self.cleaned_data.get(f"yuan-{line.line_id}") or ZERO for line in self.lines}

    @property
    def freight(self) -> Decimal:
        return self.cleaned_data.get("freight") or ZERO


class DecideForm(OfferForm):
    """Staff decide, and say why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("refund", gettext_lazy("Refund these amounts")),
            ("return", gettext_lazy("Refund these amounts once the goods are back")),
            ("rejection", gettext_lazy("Reject the request")),
        ],
        widget=forms.RadioSelect,
    )
    text = words(gettext_lazy("Reasons for both sides"), required=True)

    def __init__(self, case: Case, *args, **kwargs):
        super().__init__(case, *args, **kwargs)
        self.order_fields(["outcome"])  # it speaks of the amounts below


class TakeBackForm(CaseForm):
    """The goods are back."""

    restock = forms.BooleanField(label=gettext_lazy("They are good: put them back on the shelf"), required=False)
    text = words(gettext_lazy("A word to the buyer"), required=False)


class CaseParcelForm(TrackingForm):
    """The number of a parcel that belongs to a case."""

    def __init__(self, case: Case, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
