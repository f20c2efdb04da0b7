"""Typing an address: one name, a mobile number, a place picked level by level, the way to the door."""

from dataclasses import dataclass

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from marketplace.core import areas

DEEPEST = 4


@dataclass(frozen=True)
class Step:
    """One list of places to choose from; ``chosen`` is empty while nothing is."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


LABELS = {
    areas.Level.PROVINCE: _("Province"),
    areas.Level.CITY: _("City"),
    areas.Level.COUNTY: _("County or district"),
    areas.Level.TOWNSHIP: _("Town or street"),
}


def steps(name: str, code: str) -> list[Step]:
    """The lists that lead to ``code`` and the next one below it; levels that do not exist have none."""
    path = areas.path(code) if code else ()
    above = [None, *(area.code for area in path)]
    found = []
    for depth, parent in enumerate(above):
        below = areas.children(parent)
        if below:
            options = tuple((area.code, area.display_name) for area in below)
            chosen = path[depth].code if depth < len(path) else ""
            found.append(Step(f"{name}-{depth}", str(LABELS[below[0].level]), options, chosen))
    return found


def is_precise(code: str) -> bool:
    """A parcel needs the county, or the city where there are no counties; the township may be left out."""
    return all(below.level is areas.Level.TOWNSHIP for below in areas.children(code))


class AreaPicker(forms.Widget):
    """One select per existing level, named ``area-0``, ``area-1``…; a choice that does not fit the one above it is dropped."""

    def value_from_datadict(self, data, files, name):
        code = ""
        for depth in range(DEEPEST):
            chosen = data.get(f"{name}-{depth}", "")
            if chosen not in {area.code for area in areas.children(code or None)}:
                break
            code = chosen
        return code

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-0" not in data

    def id_for_label(self, id_):
        return f"{id_}-0"

    def render(self, name, value, attrs=None, renderer=None):
        marks = {key: mark for key, mark in (attrs or {}).items() if key.startswith("aria-")}
        return render_to_string("components/area_picker.html", {"steps": steps(name, value or ""), "marks": marks})


class AreaChoice(forms.Field):
    """A place down to the county at least, as its code."""

    widget = AreaPicker
    default_error_messages = {
        "required": _("Please choose province, city and county."),
        "coarse": _("Please choose the place down to the county or district."),
    }

    def validate(self, value):
        super().validate(value)
        if value and not is_precise(value):
            raise forms.ValidationError(self.error_messages["coarse"], code="coarse")


class AddressForm(forms.Form):
    """Where goods go. ``initial_of`` shows a saved address, ``write_to`` fills one in; saving is up to the caller."""

    name = forms.CharField(
        label=_("Recipient"),
        max_length=40,
        error_messages={"required": _("Please write who receives the goods.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mobile = PhoneNumberField(
        label=_("Mobile number"),
        error_messages={
            "required": _("Please write a mobile number; the courier calls it."),
            "invalid": _("This is not a mobile number we can call. Please check it."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel", "maxlength": 20}),
    )
    area = AreaChoice(label=_("Region"))
    detail = forms.CharField(
        label=_("Detailed address"),
        max_length=120,
        error_messages={"required": _("Please write street, village or building and number.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    @staticmethod
    def initial_of(address) -> dict[str, str]:
        """What the fields show for an address of the book."""
        mobile = str(address.phone_number.national_number) if address.phone_number else ""
        return {"name": address.recipient, "mobile": mobile, "area": address.area, "detail": address.line1}

    def write_to(self, address) -> None:
        """Put the cleaned fields into an address row."""
        address.first_name = self.cleaned_data["name"]
        address.phone_number = self.cleaned_data["mobile"]
        address.line1 = self.cleaned_data["detail"]
        address.take_area(self.cleaned_data["area"])

    @cached_property
    def typed_area(self) -> str:
        """The code picked so far, however far that is; empty for none."""
        return self["area"].value() or ""
