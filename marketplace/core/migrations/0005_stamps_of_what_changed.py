from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_notices_of_messages")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("subject", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=16)),
            ],
        ),
    ]
