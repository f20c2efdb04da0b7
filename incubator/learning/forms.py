"""What staff fill in."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import areas

from . import teaching
from .models import Certificate, Cohort, Programme, Session

DAY = {"type": "date"}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs=DAY, format="%Y-%m-%d")


def places_of(user) -> list[tuple[str, list[tuple[str, str]]]]:
    """By province, where this person's classes may be: her places and what lies directly below; for everywhere, all cities."""
    found: list[areas.Area] = []
    for stem in teaching.places(user):
        tops = [areas.get(stem)] if stem else [city for each in areas.children() for city in areas.children(each.code)]
        for area in tops:
            below = areas.children(area.code) if stem and area.level < areas.Level.COUNTY else ()
            found += [area, *below]
    provinces = groupby(found, key=lambda area: areas.province_of(area.code))
    return [(province.display_name, [(area.code, area.display_name) for area in each]) for province, each in provinces]


class PlacedForm(forms.ModelForm):
    """A record at one of the places of whoever fills it in."""

    area = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=[("", _("Choose…")), *places_of(user)])


class ProgrammeForm(PlacedForm):
    """A training programme as it is set up."""

    class Meta:
        model = Programme
        fields = (
            "name",
            "name_en",
            "code",
            "sponsor",
            "area",
            "villages",
            "target",
            "venture_space",
            "starts_on",
            "ends_on",
        )
        widgets = {"starts_on": day_input(), "ends_on": day_input()}


class CohortForm(PlacedForm):
    """A class as it is planned; its number follows from the course."""

    class Meta:
        model = Cohort
        labels = {"course": _("Course")}
        fields = ("course", "programme", "mode", "area", "venue", "starts_on", "ends_on", "seats", "is_open")
        widgets = {"starts_on": day_input(), "ends_on": day_input()}


class SessionForm(forms.ModelForm):
    """A day on which a class meets."""

    class Meta:
        model = Session
        fields = ("topic", "on", "place")
        widgets = {"on": day_input()}


class RosterForm(forms.Form):
    """A spreadsheet of people."""

    file = forms.FileField(
        label=_("Roster (Excel or CSV)"),
        help_text=_(
            "First row: 姓名 (name), 手机号 (mobile), 区县 (county), 村 (village). Name and mobile are needed; English headings, Name, Mobile, County, Village, are read as well."
        ),
    )


class ReviewForm(forms.Form):
    """What a trainer says to an assignment."""

    note = forms.CharField(
        label=_("Note to the learner"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you give it back: what is missing?"),
    )

    @property
    def is_accepted(self) -> bool:
        return self.data.get("do") == "accept"

    def clean_note(self):
        if not self.is_accepted and not self.cleaned_data["note"].strip():
            raise forms.ValidationError(_("Say what is missing, so that she can do it."))
        return self.cleaned_data["note"].strip()


class NameForm(forms.Form):
    """The name as it will stand on the certificate."""

    name = forms.CharField(label=_("Name on the certificate"), max_length=40, min_length=2)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if "*" in name or any(sign.isdigit() for sign in name):
            raise forms.ValidationError(_("Please write the real name, without figures or asterisks."))
        return name


class RevokeForm(forms.ModelForm):
    """Why a certificate no longer counts."""

    class Meta:
        model = Certificate
        fields = ("revoked_reason",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revoked_reason"].required = True
