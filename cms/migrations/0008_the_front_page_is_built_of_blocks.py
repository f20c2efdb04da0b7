"""Front pages get the blocks they showed before, and every site a page at /news/ in both languages."""

from django.db import migrations

from cms.later_pages import build_home, lay_section


def build(apps, schema_editor):
    build_home(apps)
    lay_section(apps, "NewsIndexPage", "news", {"zh-hans": "新鲜事", "en": "News"})


class Migration(migrations.Migration):
    dependencies = [("cms", "0007_news_and_blocks_of_the_front_page")]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
