from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("order", "0023_parcels_taken_back_and_receipt_on_hold")]

    operations = [
        migrations.AddIndex(
            "purchase", models.Index(fields=[way], condition=Q(buyer=None), name=f"guest_by_{way}")
        )
        for way in ("mobile", "email")
    ]
