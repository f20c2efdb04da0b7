"""An order's total is compared to less than half a fen: SQLite keeps yuan in binary, where 0.10 + 0.20 is not 0.30."""

from decimal import Decimal

from django.db import migrations
from django.db.models import CheckConstraint, F, Q

ADDED_UP = F("goods_total") - F("discount") + F("shipping_incl_tax")
HALF_A_FEN = Decimal("0.005")


class Migration(migrations.Migration):
    dependencies = [("order", "0025_line_promised_by")]

    operations = [
        migrations.RemoveConstraint(model_name="order", name="order_total_adds_up"),
        migrations.AddConstraint(
            model_name="order",
            constraint=CheckConstraint(
                condition=Q(total_incl_tax__gt=ADDED_UP - HALF_A_FEN, total_incl_tax__lt=ADDED_UP + HALF_A_FEN),
                name="order_total_adds_up",
            ),
        ),
    ]
