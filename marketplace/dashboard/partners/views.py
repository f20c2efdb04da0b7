"""Sellers and who works for them."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import UpdateView
from oscar.apps.dashboard.partners import views

from marketplace.core import audit
from marketplace.partner.models import Partner


class Sellers(views.PartnerListView):
    """All of them, with their teams."""

    paginate_by = 30

    def get_queryset(self):
        return super().get_queryset().prefetch_related("members__user")


class Names(forms.ModelForm):
    """What a shop is called. Everything else of it is its owner's."""

    class Meta:
        model = Partner
        fields = ("name", "name_en")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True  # Oscar's column may be empty


class Seller(UpdateView):
    """One of them: its names to change, and the team, which is its owner's."""

    template_name = "oscar/dashboard/partners/partner_manage.html"
    model = Partner
    form_class = Names
    context_object_name = "partner"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"members": self.object.members.select_related("user")}

    @transaction.atomic
    def form_valid(self, form):
        audit.record("shop.renamed", of=self.object, by=self.request.user)
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)

    def get_success_url(self):
        return reverse("dashboard:partner-manage", args=[self.object.pk])
