from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0004_agreements_per_event"),
    ]

    operations = [
        migrations.AddField(
            model_name="lesson",
            name="title_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="English title"),
        ),
    ]
