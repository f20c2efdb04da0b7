import django.core.serializers.json
import django.db.models.deletion
import marketplace.core.fields
from django.conf import settings
from django.db import migrations, models

from incubator.impact import guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeclaredFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='English name')),
                ('value', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='Value')),
                ('unit', models.CharField(choices=[('yuan', 'yuan'), ('tonne', 'tonnes'), ('kg', 'kilograms'), ('person', 'people'), ('household', 'households'), ('product', 'products'), ('partner', 'e-commerce partners'), ('county', 'counties'), ('village', 'villages'), ('order', 'orders'), ('percent', '%')], max_length=12, verbose_name='Unit')),
                ('qualifier', models.CharField(choices=[('exact', 'exact'), ('at_least', 'at least'), ('about', 'nearly')], default='exact', max_length=10, verbose_name='Qualifier')),
                ('as_of', models.DateField(verbose_name='As of')),
                ('source', models.CharField(max_length=120, verbose_name='Source')),
                ('source_en', models.CharField(blank=True, max_length=160, verbose_name='Source in English')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'Declared figure',
                'verbose_name_plural': 'Declared figures',
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('name', 'as_of'), name='declared_figure_once'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='declared_figure_has_source')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', marketplace.core.fields.AreaField(db_index=True, max_length=12, verbose_name='Place')),
                ('since', models.DateField(verbose_name='From')),
                ('until', models.DateField(verbose_name='Until')),
                ('method', models.CharField(max_length=10, verbose_name='Method')),
                ('figures', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('taken_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Snapshot',
                'verbose_name_plural': 'Snapshots',
                'ordering': ['-until', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='snapshot_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_by', None)), models.Q(('released_at__isnull', False), ('released_by__isnull', False), models.Q(('released_by', models.F('by')), _negated=True)), _connector='OR'), name='snapshot_released_by_another')],
            },
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
