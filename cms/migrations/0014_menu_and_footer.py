"""The menu and the footer become an editor's to write."""

import cms.models.frame
import wagtail.fields
from django.db import migrations, models

from cms.roles import give_frame, take_frame


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0013_event_pages_choose_their_event'),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('menu', wagtail.fields.StreamField([('page', 3), ('address', 5), ('file', 7)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 24}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'English name', 'max_length': 40}), 2: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 3: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('page', 2)]], {}), 4: ('cms.blocks.links.AddressField', (), {'label': 'Address', 'max_length': 200}), 5: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('address', 4)]], {}), 6: ('cms.blocks.texts.FileBlock', (), {'label': 'File'}), 7: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('file', 6)]], {})}, default=cms.models.frame.first_menu, help_text='After “Home” and “Categories”, which always stand.', verbose_name='Main navigation')),
                ('links', wagtail.fields.StreamField([('page', 3), ('address', 5), ('file', 7)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 24}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'English name', 'max_length': 40}), 2: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 3: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('page', 2)]], {}), 4: ('cms.blocks.links.AddressField', (), {'label': 'Address', 'max_length': 200}), 5: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('address', 4)]], {}), 6: ('cms.blocks.texts.FileBlock', (), {'label': 'File'}), 7: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('file', 6)]], {})}, default=cms.models.frame.first_links, verbose_name='Links in the footer')),
                ('operator', models.CharField(blank=True, max_length=120, verbose_name='Operator of the site')),
                ('operator_en', models.CharField(blank=True, max_length=160, verbose_name='Operator, in English')),
                ('icp', models.CharField(blank=True, max_length=60, verbose_name='ICP record number')),
                ('police', models.CharField(blank=True, max_length=60, verbose_name='Public security record number')),
                ('licences', wagtail.fields.StreamField([('page', 3), ('address', 5), ('file', 7)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 24}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'English name', 'max_length': 40}), 2: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 3: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('page', 2)]], {}), 4: ('cms.blocks.links.AddressField', (), {'label': 'Address', 'max_length': 200}), 5: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('address', 4)]], {}), 6: ('cms.blocks.texts.FileBlock', (), {'label': 'File'}), 7: ('wagtail.blocks.StructBlock', [[('label', 0), ('label_en', 1), ('file', 6)]], {})}, default=list, verbose_name='Licences')),
            ],
            options={
                'verbose_name': 'Menu and footer',
            },
        ),
        migrations.RunPython(
            lambda apps, schema_editor: give_frame(apps), lambda apps, schema_editor: take_frame(apps)
        ),
    ]
