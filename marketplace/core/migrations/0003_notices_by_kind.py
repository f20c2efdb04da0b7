from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("order", "Orders and payments"),
    ("parcel", "Parcels"),
    ("case", "Refunds and after-sales"),
    ("safety", "Safety of your account"),
]
ALL = ["case", "order", "parcel"]


def keep_choices(apps, schema_editor):
    """Who wanted to hear of her orders by a way hears of everything she may choose by that way."""
    Preference = apps.get_model("core", "NoticePreference")
    Preference.objects.filter(by_email_before=True).update(by_email=ALL)
    Preference.objects.filter(by_sms_before=True).update(by_sms=ALL)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_consents_of_subjects_and_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("noticepreference", "by_email", "by_email_before"),
        migrations.RenameField("noticepreference", "by_sms", "by_sms_before"),
        migrations.AddField(
            "noticepreference", "by_email", models.JSONField(blank=True, default=list, verbose_name="E-mail")
        ),
        migrations.AddField(
            "noticepreference", "by_sms", models.JSONField(blank=True, default=list, verbose_name="Text message")
        ),
        migrations.RunPython(keep_choices, migrations.RunPython.noop),
        migrations.RemoveField("noticepreference", "by_email_before"),
        migrations.RemoveField("noticepreference", "by_sms_before"),
        migrations.AddField("notice", "kind", models.CharField(choices=KINDS, default="order", max_length=10)),
        migrations.AddIndex(
            "notice",
            models.Index(fields=["user", "-id"], condition=Q(channel="in_app"), name="notice_inbox"),
        ),
        migrations.AddIndex(
            "notice",
            models.Index(fields=["user"], condition=Q(channel="in_app", read_at__isnull=True), name="notice_unread"),
        ),
    ]
