import django.core.serializers.json
import django.db.models.deletion
import incubator.members.models.partners
import incubator.members.words
import marketplace.core.fields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from incubator.matching import guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_members_and_what_they_supply'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Fair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='English name')),
                ('area', marketplace.core.fields.AreaField(db_index=True, max_length=12, verbose_name='Place')),
                ('venue', models.CharField(blank=True, max_length=120, verbose_name='Venue')),
                ('held_on', models.DateField(verbose_name='Date')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('registration', 'Registration'), ('matched', 'Matching'), ('meeting', 'Meetings'), ('agreements', 'Agreements'), ('follow_up', 'Follow-up'), ('closed', 'Closed')], default='planned', max_length=14, verbose_name='Status')),
                ('plan_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('is_sample', models.BooleanField(default=False, help_text='Made up for demonstration')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Matching fair',
                'verbose_name_plural': 'Matching fairs',
                'ordering': ['-held_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='FairPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='Code')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('person', 'Person')], max_length=10, verbose_name='Kind')),
                ('outlets', models.JSONField(blank=True, default=list, validators=[incubator.members.words.Known(incubator.members.words.Outlet)], verbose_name='Sales channels')),
                ('categories', models.JSONField(default=list, validators=[incubator.members.words.Known(incubator.members.words.Category)], verbose_name='Categories')),
                ('regions', models.JSONField(blank=True, default=list, validators=[incubator.members.models.partners.known_areas], verbose_name='Buys from')),
                ('required_schemes', models.JSONField(blank=True, default=list, validators=[incubator.members.words.Known(incubator.members.words.Scheme)], verbose_name='Certificates wanted')),
                ('min_volume_t', models.DecimalField(decimal_places=3, max_digits=12, verbose_name='Least yearly volume (t)')),
                ('season_from', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5'), (6, '6'), (7, '7'), (8, '8'), (9, '9'), (10, '10'), (11, '11'), (12, '12')], verbose_name='Buys from month')),
                ('season_to', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5'), (6, '6'), (7, '7'), (8, '8'), (9, '9'), (10, '10'), (11, '11'), (12, '12')], verbose_name='Buys until month')),
                ('price_from', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='Pays from (¥/kg)')),
                ('price_to', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='Pays up to (¥/kg)')),
                ('commission_percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Commission (%)')),
                ('has_cold_chain', models.BooleanField(default=False, verbose_name='Has a cold chain')),
                ('reliability', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True, verbose_name='Kept promises (0–5)')),
                ('slots', models.PositiveSmallIntegerField(verbose_name='Products it can take')),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='matching.fair')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fair_entries', to='members.ecommercepartner')),
            ],
            options={
                'verbose_name': 'E-commerce partner at a fair',
                'verbose_name_plural': 'E-commerce partners at a fair',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FairProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='Code')),
                ('name', models.CharField(max_length=60, verbose_name='Good')),
                ('cooperative_name', models.CharField(max_length=80, verbose_name='Cooperative')),
                ('county', marketplace.core.fields.AreaField(max_length=12, verbose_name='Place')),
                ('category', models.CharField(choices=[('grain_oil', 'Rice, flour and oil'), ('coarse_grain', 'Grains and pulses'), ('mushroom', 'Mushrooms and dried goods'), ('vegetable', 'Fresh vegetables'), ('fruit', 'Fresh fruit'), ('meat_egg', 'Meat, eggs and dairy'), ('seafood', 'Fish and seafood'), ('sauce', 'Sauces and pickles'), ('nut', 'Nuts and dried fruit'), ('tea', 'Tea'), ('craft', 'Heritage crafts')], max_length=20, verbose_name='Category')),
                ('schemes', models.JSONField(blank=True, default=list, validators=[incubator.members.words.Known(incubator.members.words.Scheme)], verbose_name='Certificates')),
                ('volume_t', models.DecimalField(decimal_places=3, max_digits=12, verbose_name='Yearly volume (t)')),
                ('season_from', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5'), (6, '6'), (7, '7'), (8, '8'), (9, '9'), (10, '10'), (11, '11'), (12, '12')], verbose_name='Supply from')),
                ('season_to', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5'), (6, '6'), (7, '7'), (8, '8'), (9, '9'), (10, '10'), (11, '11'), (12, '12')], verbose_name='Supply until')),
                ('floor_price', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='Floor price (¥/kg)')),
                ('needs_cold_chain', models.BooleanField(default=False, verbose_name='Needs a cold chain')),
                ('is_weak', models.BooleanField(default=False, verbose_name='Weak cooperative')),
                ('slots', models.PositiveSmallIntegerField(verbose_name='Partners it can serve')),
                ('cooperative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fair_products', to='members.cooperative')),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='products', to='matching.fair')),
            ],
            options={
                'verbose_name': 'Product at a fair',
                'verbose_name_plural': 'Products at a fair',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='Number')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('refused', 'Not possible'), ('failed', 'Interrupted')], default='queued', max_length=10, verbose_name='Status')),
                ('step', models.CharField(blank=True, choices=[('', 'Waiting for the worker'), ('solving', 'Looking for the best choice'), ('weighing', 'Working out what pins and bans cost'), ('writing', 'Writing it down')], default='', max_length=10)),
                ('inputs', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('inputs_hash', models.CharField(max_length=64)),
                ('weights', models.CharField(max_length=20, verbose_name='Weights')),
                ('solver', models.CharField(blank=True, max_length=40)),
                ('objective_units', models.BigIntegerField(blank=True, null=True)),
                ('bound_units', models.BigIntegerField(blank=True, null=True)),
                ('units_per_score', models.BigIntegerField(blank=True, null=True)),
                ('sum_score', models.FloatField(blank=True, null=True)),
                ('products', models.PositiveIntegerField(default=0)),
                ('partners', models.PositiveIntegerField(default=0)),
                ('products_covered', models.PositiveIntegerField(blank=True, null=True)),
                ('partners_covered', models.PositiveIntegerField(blank=True, null=True)),
                ('report', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('refusal', models.JSONField(blank=True, default=dict)),
                ('seconds', models.FloatField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='matching.fair')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.matchrun')),
            ],
            options={
                'verbose_name': 'Match run',
                'verbose_name_plural': 'Match runs',
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='fair',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned_for', to='matching.matchrun'),
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pin', 'Pin'), ('ban', 'Ban')], max_length=4, verbose_name='Kind')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('broken', models.JSONField(blank=True, default=list)),
                ('needs_second', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='matching.fair')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='matching.fairpartner')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='matching.fairproduct')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Pin or ban',
                'verbose_name_plural': 'Pins and bans',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_pinned', models.BooleanField(default=False)),
                ('score', models.FloatField(blank=True, null=True)),
                ('growers_score', models.FloatField(blank=True, null=True)),
                ('partner_score', models.FloatField(blank=True, null=True)),
                ('place_for_product', models.PositiveIntegerField(default=0)),
                ('place_for_partner', models.PositiveIntegerField(default=0)),
                ('reasons', models.JSONField(blank=True, default=list)),
                ('facts', models.JSONField(default=dict)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='matching.fairpartner')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='matching.fairproduct')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='matching.matchrun')),
            ],
            options={
                'verbose_name': 'Proposal',
                'verbose_name_plural': 'Proposals',
                'ordering': ['product__code', 'partner__code'],
            },
        ),
        migrations.AddConstraint(
            model_name='fairpartner',
            constraint=models.UniqueConstraint(fields=('fair', 'code'), name='fair_partner_code_once'),
        ),
        migrations.AddConstraint(
            model_name='fairpartner',
            constraint=models.CheckConstraint(condition=models.Q(('min_volume_t__gte', 0), ('price_from__gte', 0), ('price_to__gte', models.F('price_from'))), name='fair_partner_prices_in_order'),
        ),
        migrations.AddConstraint(
            model_name='fairpartner',
            constraint=models.CheckConstraint(condition=models.Q(('commission_percent__gte', 0), ('commission_percent__lte', Decimal('100'))), name='fair_partner_commission_0_to_100'),
        ),
        migrations.AddConstraint(
            model_name='fairpartner',
            constraint=models.CheckConstraint(condition=models.Q(('season_from__gte', 1), ('season_from__lte', 12), ('season_to__gte', 1), ('season_to__lte', 12)), name='fair_partner_months_exist'),
        ),
        migrations.AddConstraint(
            model_name='fairproduct',
            constraint=models.UniqueConstraint(fields=('fair', 'code'), name='fair_product_code_once'),
        ),
        migrations.AddConstraint(
            model_name='fairproduct',
            constraint=models.CheckConstraint(condition=models.Q(('floor_price__gte', 0), ('volume_t__gte', 0)), name='fair_product_numbers_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='fairproduct',
            constraint=models.CheckConstraint(condition=models.Q(('season_from__gte', 1), ('season_from__lte', 12), ('season_to__gte', 1), ('season_to__lte', 12)), name='fair_product_months_exist'),
        ),
        migrations.AddConstraint(
            model_name='matchrun',
            constraint=models.UniqueConstraint(fields=('fair', 'number'), name='match_run_number_once'),
        ),
        migrations.AddConstraint(
            model_name='matchrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('fair',), name='match_run_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='matchrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('bound_units__isnull', False), ('finished_at__isnull', False), ('objective_units__isnull', False), ('partners_covered__isnull', False), ('products_covered__isnull', False), ('units_per_score__gt', 0)), _connector='OR'), name='match_run_done_has_value_and_bound'),
        ),
        migrations.AddConstraint(
            model_name='matchrun',
            constraint=models.CheckConstraint(condition=models.Q(('bound_units', None), ('bound_units__gte', models.F('objective_units')), _connector='OR'), name='match_run_bound_holds'),
        ),
        migrations.AddConstraint(
            model_name='fair',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='fair_has_name'),
        ),
        migrations.AddConstraint(
            model_name='fair',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'registration', 'matched', 'meeting', 'agreements', 'follow_up', 'closed'])), name='fair_state_known'),
        ),
        migrations.AddConstraint(
            model_name='fair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('plan', None), ('plan_at', None), ('plan_by', None)), models.Q(('plan__isnull', False), ('plan_at__isnull', False), ('plan_by__isnull', False)), _connector='OR'), name='fair_plan_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='fair',
            constraint=models.UniqueConstraint(fields=('name', 'area', 'held_on'), name='fair_once_a_day_and_place'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('product', 'partner'), name='override_one_standing_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='override_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), models.Q(('approved_by', models.F('by')), _negated=True)), _connector='OR'), name='override_approved_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='override_removed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('run', 'product', 'partner'), name='proposal_once_per_run_and_pair'),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
