"""Whoever could sign in for a seller before there were teams is its owner."""

from django.db import migrations


def own(apps, schema_editor):
    """One membership for each user of each seller."""
    membership = apps.get_model("seller", "Membership")
    users = apps.get_model("partner", "Partner").users.through
    membership.objects.bulk_create(
        [
            membership(seller_id=row.partner_id, user_id=row.user_id, role="owner")
            for row in users.objects.order_by("id").iterator()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("seller", "0001_team_of_a_seller")]
    operations = [migrations.RunPython(own, migrations.RunPython.noop)]
