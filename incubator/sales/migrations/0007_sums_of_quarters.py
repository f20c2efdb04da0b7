"""Sums by account, good and quarter (thirteen weeks), added up from those by week."""

from datetime import date, timedelta

import django.db.models.deletion
from django.db import migrations, models

SUMS = ("lines", "orders", "kept", "grams", "gross_fen", "refunded_fen", "weights_unknown", "refunds_unknown")
GOOD = ("account_id", "code", "title", "product", "agreement")
QUARTER = timedelta(weeks=13)


def add_up(apps, editor):
    """A statement for each quarter that has weeks: none of them holds all weeks."""
    weeks = apps.get_model("sales", "GoodWeek").objects.order_by().values_list("week", flat=True).distinct()
    names, good, sums = ", ".join(SUMS), ", ".join(GOOD), ", ".join(f"SUM({name})" for name in SUMS)
    for quarter in sorted({week - (week - date.min) % QUARTER for week in weeks}):
        editor.execute(
            f"INSERT INTO sales_goodquarter (quarter, {good}, label, {names}) "
            f"SELECT %s, {good}, MAX(label), {sums} FROM sales_goodweek "
            f"WHERE week >= %s AND week < %s GROUP BY {good}",
            [quarter, quarter, quarter + QUARTER],
        )


class Migration(migrations.Migration):
    dependencies = [("sales", "0006_sums_of_weeks")]

    operations = [
        migrations.CreateModel(
            name="GoodQuarter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.PositiveBigIntegerField(default=0)),
                *((name, models.BigIntegerField(default=0)) for name in SUMS),
                ("code", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(blank=True, max_length=255)),
                ("label", models.CharField(blank=True, max_length=255)),
                ("product", models.PositiveBigIntegerField(default=0)),
                ("quarter", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sales.channelaccount"
                    ),
                ),
            ],
            options={
                "verbose_name": "Sales of a good in a quarter",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("quarter", "account", "code", "title", "product", "agreement"),
                        name="good_quarter_once",
                    )
                ],
            },
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
