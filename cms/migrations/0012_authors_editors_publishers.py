"""Who writes, who reviews and who publishes; and the way a page goes from one to the next."""

from django.db import migrations

from cms.roles import give_roles, take_roles


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0011_lessons_have_assignments"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: give_roles(apps), lambda apps, schema_editor: take_roles(apps)
        )
    ]
