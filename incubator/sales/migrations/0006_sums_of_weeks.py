"""Sums by account and week, added up from those by day."""

import django.db.models.deletion
from django.db import migrations, models

SUMS = ("lines", "orders", "kept", "grams", "gross_fen", "refunded_fen", "weights_unknown", "refunds_unknown")


def add_up(apps, editor):
    """One statement: a week is the sum of its days."""
    names, sums = ", ".join(SUMS), ", ".join(f"SUM({name})" for name in SUMS)
    key = "week, account_id, agreement"
    editor.execute(
        f"INSERT INTO sales_accountweek ({key}, {names}) SELECT {key}, {sums} FROM sales_accountday GROUP BY {key}"
    )


class Migration(migrations.Migration):
    dependencies = [("sales", "0005_days_of_real_sales")]

    operations = [
        migrations.CreateModel(
            name="AccountWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.PositiveBigIntegerField(default=0)),
                *((name, models.BigIntegerField(default=0)) for name in SUMS),
                ("week", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sales.channelaccount"
                    ),
                ),
            ],
            options={
                "verbose_name": "Sales of a week",
                "constraints": [
                    models.UniqueConstraint(fields=("week", "account", "agreement"), name="account_week_once")
                ],
            },
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
