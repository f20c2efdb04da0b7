"""Sellers and who works for them."""

from oscar.apps.dashboard.partners import views


class Sellers(views.PartnerListView):
    """All of them, with their teams."""

    paginate_by = 30

    def get_queryset(self):
        return super().get_queryset().prefetch_related("members__user")


class Seller(views.PartnerManageView):
    """One of them: name and address to change, and the team, which is its owner's."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"members": self.partner.members.select_related("user")}
