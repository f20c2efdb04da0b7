"""Every site has a page at /stories/ in both languages."""

from django.db import migrations

from cms.later_pages import lay_section


def lay(apps, schema_editor):
    lay_section(apps, "StoriesPage", "stories", {"zh-hans": "故事", "en": "Stories"})


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_stories_of_people")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
