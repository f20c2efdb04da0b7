"""A provider may say days later that a refund could not be delivered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payment", "0009_news_of_providers")]

    operations = [
        migrations.AddField(
            model_name="refund", name="came_back_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
