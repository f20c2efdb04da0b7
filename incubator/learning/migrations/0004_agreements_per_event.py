from django.db import migrations, models
from django.db.models import F


def who_put_her_name_down_herself(apps, schema_editor):
    """The trail says who gave the seat: whoever did so for herself agreed then."""
    trail = apps.get_model("core", "AuditEntry").objects
    given = trail.filter(action="learning.enrolled", object_type="learning.registration").values_list("object_id", "by")
    seats = apps.get_model("learning", "Registration").objects
    for pk, by in given.exclude(by=None).iterator():
        seats.filter(pk=pk, learner__user=by).update(agreed_at=F("enrolled_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("learning", "0003_events_with_registration"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Agreed"),
        ),
        migrations.RunPython(who_put_her_name_down_herself, migrations.RunPython.noop),
    ]
