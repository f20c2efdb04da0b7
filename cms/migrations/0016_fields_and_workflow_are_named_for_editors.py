"""Fields have labels in the language of the rooms, and the workflow and its steps Chinese names."""

import django.db.models.deletion
from django.db import migrations, models

from cms.roles import name_steps_in_chinese


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0015_english_titles_of_lessons'),
        ('learning', '0005_lessons_have_english_titles'),
        ('partner', '0010_low_stock_told_once'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.AlterField(
            model_name='coursepage',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='Picture'),
        ),
        migrations.AlterField(
            model_name='homepage',
            name='headline',
            field=models.CharField(blank=True, max_length=60, verbose_name='Headline over the picture'),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='Picture'),
        ),
        migrations.AlterField(
            model_name='storypage',
            name='course',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='learning.course', verbose_name='Course'),
        ),
        migrations.AlterField(
            model_name='storypage',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='Picture'),
        ),
        migrations.AlterField(
            model_name='storypage',
            name='seller',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partner.partner', verbose_name='Seller'),
        ),
        migrations.RunPython(lambda apps, schema_editor: name_steps_in_chinese(apps), migrations.RunPython.noop),
    ]
