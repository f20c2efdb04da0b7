"""A step of its own: the locks that adding a column takes are not held while rows are written."""

from django.db import migrations
from django.db.models import Q

ABOUT_THE_SHOP = ("low_stock:", "draft_decided:", "supply_revoked:", "opening:", "licence:", "certificate:")


def give_the_shop_its_kind(apps, schema_editor):
    """What is told of a shop and its goods stood among orders; whoever wants orders by another way gets these so too."""
    Notice = apps.get_model("core", "Notice")
    named = Q()
    for prefix in ABOUT_THE_SHOP:
        named |= Q(cause__startswith=prefix)
    Notice.objects.filter(named, kind="order").update(kind="shop")
    change_ways(apps, "order", lambda ways: sorted({*ways, "shop"}))


def put_it_among_orders(apps, schema_editor):
    apps.get_model("core", "Notice").objects.filter(kind="shop").update(kind="order")
    change_ways(apps, "shop", lambda ways: [kind for kind in ways if kind != "shop"])


def change_ways(apps, kind, changed):
    """Of the ways that hold ``kind``; who chose otherwise is not written, so that nothing she chooses meanwhile is lost."""
    for each in apps.get_model("core", "NoticePreference").objects.all():
        held = [name for name in ("by_email", "by_sms") if kind in getattr(each, name)]
        for name in held:
            setattr(each, name, changed(getattr(each, name)))
        if held:
            each.save(update_fields=held)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_notices_in_each_language"),
    ]

    operations = [
        migrations.RunPython(give_the_shop_its_kind, put_it_among_orders),
    ]
