"""What staff type about parks."""

from __future__ import annotations

import re
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.matching.entry_forms import PHONE
from incubator.matching.forms import places_of
from incubator.matching.words import place
from incubator.members.models import EcommercePartner, StrategicPartner
from marketplace.accounts import roles
from marketplace.accounts.models import Role, RoleGrant, User

from .models import CommitteeMember, Desk, Park, ParkService, RequestKind, ServiceLine, Tenancy
from .states import RequestState

MOST_DESKS = 200
RANGE = re.compile(r"^(?P<start>\D*)(?P<first>\d{1,4})\s*[-–~]\s*(?P=start)?(?P<last>\d{1,4})$")


def day_field(label, *, required=True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def staff_of(place: str):
    """Staff of the incubator who work for this place, to choose an owner from."""
    grants = RoleGrant.objects.filter(role=Role.INCUBATOR).values_list("user", "area")
    return User.objects.filter(
        pk__in=[user for user, area in grants if place.startswith(roles.stem(area))], is_active=True
    ).order_by("nickname", "pk")


class ParkForm(forms.ModelForm):
    """A park at one of the places of whoever fills it in."""

    area = forms.ChoiceField(label=_("Place"))
    services = forms.MultipleChoiceField(
        label=_("Free services"), choices=ParkService.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Park
        fields = ("name", "name_en", "area", "operators", "services", "scale", "opened_on", "closed_on")
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("opened_on", "closed_on")
        }
        error_messages = {
            NON_FIELD_ERRORS: {"unique_together": _("There is a park of this name at that place already.")}
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(area.code, place(area.code)) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)


class DesksForm(forms.Form):
    """New desks, named one by one or as a range."""

    labels = forms.CharField(
        label=_("Desks"), max_length=300, help_text=_("One label, several with commas, or a range such as A1-A12.")
    )

    def clean_labels(self) -> list[str]:
        parts = [part.strip() for part in re.split(r"[,，、;；\s]+", self.cleaned_data["labels"]) if part.strip()]
        found = [label for part in parts for label in spelled_out(part)]
        if not found or len(found) > MOST_DESKS or any(len(label) > 20 for label in found):
            raise ValidationError(_("Name between 1 and 200 desks, each with at most 20 characters."))
        return found


def spelled_out(part: str) -> list[str]:
    """A1-A3 → A1, A2, A3."""
    found = RANGE.match(part)
    if not found:
        return [part]
    first, last = int(found["first"]), int(found["last"])
    return [f"{found['start']}{number}" for number in range(first, min(last, first + MOST_DESKS) + 1)]


class CommitteeForm(forms.Form):
    """Somebody for the committee of mentors."""

    name = forms.CharField(label=_("Name"), max_length=40)
    role = forms.CharField(label=_("Role"), max_length=40, required=False)
    lines = forms.MultipleChoiceField(
        label=_("Service lines"), choices=ServiceLine.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    since = day_field(_("Since"))


class TenancyForm(forms.ModelForm):
    """A team that applies."""

    class Meta:
        model = Tenancy
        fields = ("team", "founder", "phone", "idea", "partner", "applied_on")
        widgets = {
            "applied_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "idea": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "partner": _("If the team is known as an e-commerce partner, goods to sell lead straight to a fair.")
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = EcommercePartner.objects.for_staff(user).active()
        self.fields["partner"] = forms.ModelChoiceField(mine, label=_("E-commerce partner"), required=False)
        self.fields["partner"].help_text = self.Meta.help_texts["partner"]


class JoinForm(forms.ModelForm):
    """What somebody says who asks for a desk."""

    class Meta:
        model = Tenancy
        fields = ("team", "founder", "phone", "idea")
        widgets = {"idea": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = self.fields["idea"].required = True
        self.fields["phone"].validators.append(PHONE)


class BookingForm(forms.Form):
    """Which desk, and for how long."""

    desk = forms.ModelChoiceField(Desk.objects.none(), label=_("Desk"))
    since = day_field(_("From"))
    until = day_field(_("Until"), required=False)

    def __init__(self, *args, park: Park, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["desk"] = forms.ModelChoiceField(park.desks.filter(is_out_of_use=False), label=_("Desk"))


class RequestForm(forms.Form):
    """What a team asks for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=RequestKind.choices)
    words = forms.CharField(label=_("What is needed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    amount = forms.DecimalField(
        label=_("Amount (¥)"), max_digits=12, decimal_places=2, min_value=1, required=False,
        help_text=_("For capital, if the team named one."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class OwnerForm(forms.Form):
    """Who takes care of it."""

    owner = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("request", "Owner"), required=False)

    def __init__(self, *args, area: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.ModelChoiceField(
            staff_of(area), label=pgettext_lazy("request", "Owner"), required=False
        )


class LineForm(OwnerForm):
    """A question, or its answer and who gave it."""

    mentor = forms.ModelChoiceField(CommitteeMember.objects.none(), label=_("Mentor"), required=False)

    def __init__(self, *args, park: Park, **kwargs):
        super().__init__(*args, area=park.area, **kwargs)
        self.fields["mentor"] = forms.ModelChoiceField(
            park.committee.filter(until=None), label=_("Mentor"), required=False
        )


class ReferralForm(forms.Form):
    """To whom a team is sent for capital."""

    lender = forms.ModelChoiceField(StrategicPartner.objects.none(), label=_("Lender"), required=False)
    amount = forms.DecimalField(label=_("Amount (¥)"), max_digits=12, decimal_places=2, min_value=1, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lenders = StrategicPartner.objects.filter(kind=StrategicPartner.Kind.FINANCE)
        self.fields["lender"] = forms.ModelChoiceField(lenders, label=_("Lender"), required=False)


class RequestSift(forms.Form):
    """What the list of requests is narrowed down by."""

    q = forms.CharField(label=_("Team or words"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *RequestKind.choices])
    state = forms.ChoiceField(
        label=_("Status"), required=False,
        choices=[("", _("All")), ("unfinished", _("Not finished")), *RequestState.choices],
    )  # fmt: skip
    mine = forms.BooleanField(label=_("Mine only"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
