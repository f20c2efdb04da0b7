from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("order", "0023_parcels_taken_back_and_receipt_on_hold")]

    operations = [
        migrations.AddIndex(
            "purchase",
            models.Index(fields=["mobile"], condition=Q(buyer__isnull=True), name="purchase_guest_by_mobile"),
        ),
        migrations.AddIndex(
            "purchase",
            models.Index(Upper("email"), condition=Q(buyer__isnull=True), name="purchase_guest_by_email"),
        ),
    ]
