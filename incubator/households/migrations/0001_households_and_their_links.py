import django.db.models.deletion
import marketplace.core.encryption
import marketplace.core.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_members_and_what_they_supply'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('area', marketplace.core.fields.AreaField(db_index=True, max_length=12, verbose_name='Place')),
                ('name', marketplace.core.encryption.EncryptedTextField(blank=True, verbose_name='Head of household')),
                ('phone', marketplace.core.encryption.EncryptedTextField(blank=True, verbose_name='Telephone')),
                ('identity_number', marketplace.core.encryption.EncryptedTextField(blank=True, verbose_name='Identity number')),
                ('identity_mark', models.CharField(blank=True, help_text='a blind index of the identity number', max_length=64)),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='People')),
                ('made_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Household',
                'verbose_name_plural': 'Households',
                'ordering': ['area', 'id'],
                'permissions': [('read_household', 'Can read who a household is')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('supply', 'Delivers goods'), ('work', 'Works for wages'), ('share', 'Holds a share'), ('land', 'Lets its land')], max_length=10, verbose_name='Kind')),
                ('since', models.DateField(verbose_name='Since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='Until')),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='household_links', to='members.cooperative')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='households.household')),
            ],
            options={
                'verbose_name': 'Link of a household',
                'ordering': ['since', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.UniqueConstraint(condition=models.Q(('identity_mark', ''), _negated=True), fields=('identity_mark',), name='household_once_per_identity'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('identity_mark', ''), ('people', None)), _connector='OR'), name='household_erased_cannot_be_found'),
        ),
        migrations.AddConstraint(
            model_name='householdlink',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='household_link_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='householdlink',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('household', 'cooperative', 'kind'), name='household_link_once_at_a_time'),
        ),
    ]
