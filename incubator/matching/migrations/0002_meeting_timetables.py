import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0001_fairs_runs_and_overrides'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Timetable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tables', models.PositiveSmallIntegerField(verbose_name='Tables')),
                ('slots', models.PositiveSmallIntegerField(verbose_name='Rounds')),
                ('begins', models.TimeField(verbose_name='Begins at')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='Minutes a round')),
                ('made_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timetables', to='matching.fair')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='timetables', to='matching.matchrun')),
            ],
            options={
                'verbose_name': 'Meeting timetable',
                'verbose_name_plural': 'Meeting timetables',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=100)),
                ('guest', models.CharField(max_length=20)),
                ('slot', models.PositiveSmallIntegerField()),
                ('table', models.PositiveSmallIntegerField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='matching.proposal')),
                ('timetable', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='matching.timetable')),
            ],
            options={
                'verbose_name': 'Meeting',
                'verbose_name_plural': 'Meetings',
                'ordering': ['slot', 'table'],
            },
        ),
        migrations.AddConstraint(
            model_name='timetable',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('slots__gte', 1), ('tables__gte', 1)), name='timetable_has_room'),
        ),
        migrations.AddConstraint(
            model_name='timetable',
            constraint=models.UniqueConstraint(fields=('run', 'tables', 'slots', 'begins', 'minutes'), name='timetable_once_per_run_and_shape'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('timetable', 'proposal'), name='meeting_once_per_proposal'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('timetable', 'slot', 'table'), name='meeting_one_per_table'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('timetable', 'slot', 'host'), name='meeting_host_in_one_place'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('timetable', 'slot', 'guest'), name='meeting_guest_in_one_place'),
        ),
    ]
