"""Rules, terms and privacy begin with their first version."""

from django.db import migrations

from cms.later_pages import give_versions


def give(apps, schema_editor):
    give_versions(apps)


class Migration(migrations.Migration):
    dependencies = [("cms", "0009_versions_of_texts")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
