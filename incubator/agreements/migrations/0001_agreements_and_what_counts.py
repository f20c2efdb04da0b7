import django.db.models.deletion
import marketplace.core.private_files
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matching', '0002_meeting_timetables'),
        ('members', '0001_members_and_what_they_supply'),
        ('sales', '0001_sales_and_what_files_said'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goods', models.CharField(max_length=120, verbose_name='Goods')),
                ('price_kind', models.CharField(choices=[('fixed', 'Fixed price'), ('floor', 'At least this price'), ('market', 'Market price of the day')], max_length=10, verbose_name='Price terms')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='Price (¥/kg)')),
                ('volume_kg', models.PositiveIntegerField(verbose_name='Agreed volume (kg)')),
                ('commission_percent', models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='Commission (%)')),
                ('begins_on', models.DateField(verbose_name='From')),
                ('ends_on', models.DateField(verbose_name='Until')),
                ('file', models.FileField(blank=True, max_length=120, storage=marketplace.core.private_files.private_storage, upload_to='agreements/', verbose_name='Signed paper')),
                ('state', models.CharField(choices=[('intent', 'Letter of intent'), ('checking', 'To be checked'), ('signed', 'Signed'), ('active', 'In force'), ('ended', 'Ended'), ('dropped', 'Dropped')], db_index=True, default='intent', max_length=10, verbose_name='Status')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='Signed on')),
                ('made_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='members.cooperative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='members.ecommercepartner')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='matching.proposal')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Agreement',
                'verbose_name_plural': 'Agreements',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementGood',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='Code')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_goods', to='sales.channelaccount')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counted', to='agreements.agreement')),
            ],
            options={
                'verbose_name': 'Good of an agreement',
                'ordering': ['account', 'code'],
            },
        ),
        migrations.CreateModel(
            name='AgreementMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('intent', 'Letter of intent'), ('checking', 'To be checked'), ('signed', 'Signed'), ('active', 'In force'), ('ended', 'Ended'), ('dropped', 'Dropped')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='agreements.agreement')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('volume_kg__gt', 0)), name='agreement_volume_positive'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='agreement_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('commission_percent__gte', 0), ('commission_percent__lt', Decimal('100'))), name='agreement_commission_below_100'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('price_kind', 'market'), ('price__gt', 0), _connector='OR'), name='agreement_price_where_it_is_agreed'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('signed', 'active', 'ended')), _negated=True), models.Q(('checked_by__isnull', False), ('signed_on__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='agreement_signed_has_day_and_two_people'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by', None), models.Q(('checked_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='agreement_checked_by_another'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), ('proposal__isnull', False)), fields=('proposal',), name='agreement_once_per_proposal'),
        ),
        migrations.AddIndex(
            model_name='agreementgood',
            index=models.Index(fields=['account', 'code'], name='agreement_good_by_code'),
        ),
        migrations.AddConstraint(
            model_name='agreementgood',
            constraint=models.UniqueConstraint(fields=('agreement', 'account', 'code'), name='agreement_good_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementgood',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='agreement_good_has_code'),
        ),
    ]
