"""The one country we ship in, so that Oscar's address columns have something to point at."""

from django.db import migrations


def add_china(apps, schema_editor):
    apps.get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="CN",
        defaults={
            "iso_3166_1_a3": "CHN",
            "iso_3166_1_numeric": "156",
            "printable_name": "中国",
            "name": "中华人民共和国",
            "display_order": 0,
            "is_shipping_country": True,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("address", "0008_area_code_and_label")]
    operations = [migrations.RunPython(add_china, migrations.RunPython.noop)]
