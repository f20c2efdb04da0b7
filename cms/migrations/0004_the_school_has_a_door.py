"""Every site has a page at /training/ in both languages."""

from django.db import migrations

from cms.later_pages import lay_section


def lay(apps, schema_editor):
    lay_section(apps, "TrainingPage", "training", {"zh-hans": "培训", "en": "Training"})


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_the_school")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
