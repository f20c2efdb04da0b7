"""Members as lists."""

from incubator.lists import SiftedList
from incubator.members.forms import CooperativeSift, PartnerSift
from incubator.members.models import Cooperative, EcommercePartner


class MemberList(SiftedList):
    """Members of one kind in the places of whoever looks."""

    context_object_name = "members"

    def rows(self):
        return self.model.objects.for_staff(self.request.user)

    def sifted(self, rows, wanted):
        if wanted["q"]:
            rows = rows.named_like(wanted["q"].strip())
        if wanted["area"]:
            rows = rows.filter(area=wanted["area"])
        if wanted["category"]:
            rows = rows.filter(categories__icontains=f'"{wanted["category"]}"')
        return rows


class CooperativeList(MemberList):
    """Cooperatives, with what they supply."""

    model = Cooperative
    sift_class = CooperativeSift
    template_name = "incubator/members/cooperatives.html"

    def rows(self):
        return super().rows().prefetch_related("supplies")

    def sifted(self, rows, wanted):
        rows = super().sifted(rows, wanted)
        return rows.filter(is_weak=True) if wanted["weak"] else rows


class PartnerList(MemberList):
    """E-commerce partners, with what they buy."""

    model = EcommercePartner
    sift_class = PartnerSift
    template_name = "incubator/members/partners.html"

    def sifted(self, rows, wanted):
        rows = super().sifted(rows, wanted)
        return rows.filter(kind=wanted["kind"]) if wanted["kind"] else rows
