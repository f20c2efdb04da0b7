"""What staff narrow lists of members down by."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator import shell
from marketplace.accounts import roles
from marketplace.core import areas
from marketplace.partner.models import Partner
from marketplace.producers.models import Producer

from .models import Body, Cooperative, EcommercePartner, Programme, StrategicPartner
from .words import Category


def counties_of(places: tuple[str, ...], known: set[str]) -> list[tuple[str, areas.Area]]:
    """Counties to choose from: those that occur among ``known`` codes and lie in these places, as people call them."""
    codes = sorted(code for code in known if any(code.startswith(place) for place in places))
    return [(code, areas.get(code)) for code in codes]


class MemberSift(forms.Form):
    """Words, county and category; every part may be left out."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("Place"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=[("", _("All")), *Category.choices])
    model: type[Cooperative | EcommercePartner] = Cooperative

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = set(self.model.objects.for_staff(user).order_by().values_list("area", flat=True).distinct())
        places = [(code, area.display_name) for code, area in counties_of(shell.places(user), known)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), required=False, choices=[("", _("All")), *places])


class CooperativeSift(MemberSift):
    weak = forms.BooleanField(label=_("Priority-support cooperatives only"), required=False)


class PartnerSift(MemberSift):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *EcommercePartner.Kind.choices])
    model = EcommercePartner


class BodyForm(forms.ModelForm):
    """A federation or an association at one of the places of whoever fills it in."""

    area = forms.ChoiceField(label=_("Place"))

    class Meta:
        model = Body
        fields = ("kind", "name", "name_en", "area", "founded_on", "source")
        widgets = {"founded_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        found = [area for stem in shell.places(user) for area in below(stem)]
        self.fields["area"] = forms.ChoiceField(
            label=_("Place"), choices=[(area.code, area.display_name) for area in found]
        )


def below(stem: str) -> list[areas.Area]:
    """A place and what lies directly below it; for everywhere all cities."""
    if not stem:
        return [city for each in areas.children() for city in areas.children(each.code)]
    area = areas.get(stem)
    return [area, *(areas.children(area.code) if area.level < areas.Level.COUNTY else ())]


class StrategicPartnerForm(forms.ModelForm):
    """A platform company, an insurer or the like."""

    class Meta:
        model = StrategicPartner
        fields = ("name", "name_en", "kind", "since", "until", "description", "description_en", "source")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("since", "until")}

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it begins."))
        return cleaned


class ProgrammeForm(forms.ModelForm):
    """What a strategic partner offers."""

    class Meta:
        model = Programme
        fields = ("name", "name_en", "since", "until", "description")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("since", "until")}


class TakePartForm(forms.Form):
    """A member of one's places."""

    cooperative = forms.ModelChoiceField(Cooperative.objects.none(), label=_("Cooperative"), required=False)
    ecommerce_partner = forms.ModelChoiceField(
        EcommercePartner.objects.none(), label=_("E-commerce partner"), required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cooperative"] = forms.ModelChoiceField(
            Cooperative.objects.for_staff(user).active(), label=_("Cooperative"), required=False
        )
        self.fields["ecommerce_partner"] = forms.ModelChoiceField(
            EcommercePartner.objects.for_staff(user).active(), label=_("E-commerce partner"), required=False
        )


class ShopForm(forms.Form):
    """The shop that a member sells in on our storefront: one of the places of whoever chooses it, or the one it has."""

    seller = forms.ModelChoiceField(Partner.objects.none(), label=_("Shop"), required=False)

    def __init__(self, *args, member: Cooperative | EcommercePartner, user, **kwargs):
        kwargs.setdefault("initial", {"seller": member.seller_id, "producer": getattr(member, "producer_id", None)})
        super().__init__(*args, **kwargs)
        self.mine = roles.within(shell.places(user))
        sellers = Partner.objects.filter(self.mine | Q(pk=member.seller_id or 0)).order_by("area", "name")
        self.fields["seller"] = forms.ModelChoiceField(
            sellers, label=_("Shop"), required=False, help_text=_("Where its goods are sold here; shops of your place.")
        )


class CooperativeShopForm(ShopForm):
    """For a cooperative also the producer that buyers read of; nobody else's."""

    def __init__(self, *args, member: Cooperative, user, **kwargs):
        super().__init__(*args, member=member, user=user, **kwargs)
        free = Producer.objects.filter(self.mine, cooperative=None) | Producer.objects.filter(
            pk=member.producer_id or 0
        )
        self.fields["producer"] = forms.ModelChoiceField(
            free, label=_("Producer"), required=False, help_text=_("Whom buyers read of as the grower of its goods.")
        )


class MoveForm(forms.Form):
    """From which day."""

    on = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class JoinForm(forms.Form):
    """Who applies to a body, as what, from which day."""

    member = forms.ModelChoiceField(Cooperative.objects.none(), label=_("Member"))
    role = forms.CharField(label=_("Role"), max_length=40, required=False)
    on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, user, body: Body, **kwargs):
        super().__init__(*args, **kwargs)
        model = Cooperative if body.kind == Body.Kind.FEDERATION else EcommercePartner
        self.fields["member"] = forms.ModelChoiceField(model.objects.for_staff(user).active(), label=_("Member"))
