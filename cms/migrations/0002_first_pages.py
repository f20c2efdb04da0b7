"""A new site opens with a home page and its plain pages in both languages."""

from django.db import migrations

from cms.first_pages import lay_first_pages


def lay(apps, schema_editor):
    lay_first_pages(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
