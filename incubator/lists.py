"""Lists that staff narrow down, page through and take home as a table."""

from collections.abc import Callable

from django import forms
from django.views.generic import ListView

from incubator.shell import StaffOnly


class SiftedList(StaffOnly, ListView):
    """A list with a form that narrows it. Give ``sift_class``, and ``sifted(rows, wanted)`` that applies what was wanted."""

    paginate_by = 50
    sift_class: Callable[..., forms.Form]

    def get_queryset(self):
        self.sift = self.sift_class(self.request.GET or None, user=self.request.user)
        rows = self.rows()
        return self.sifted(rows, self.sift.cleaned_data) if self.sift.is_valid() else rows

    def rows(self):
        """What this person may see, before anything is narrowed."""
        raise NotImplementedError

    def sifted(self, rows, wanted):
        """The rows that fit ``wanted`` (the form's cleaned data)."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        query = self.request.GET.copy()
        query.pop("page", None)
        asked = f"{query.urlencode()}&" if query else ""
        return super().get_context_data(**kwargs) | {"sift": self.sift, "query": asked}
