"""Oscar's pages of the catalogue, where they do too little."""

from django.db import transaction
from oscar.apps.dashboard.catalogue import views

from marketplace.core import audit


class ProductDeleteView(views.ProductDeleteView):
    """Who deleted goods is noted."""

    @transaction.atomic
    def delete(self, request, *args, **kwargs):
        audit.record("product.deleted", of=self.get_object(), by=request.user)
        return super().delete(request, *args, **kwargs)
