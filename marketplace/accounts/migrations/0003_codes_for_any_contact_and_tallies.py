from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_role_grants")]

    operations = [
        migrations.DeleteModel("SignInCode"),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(help_text="a number in E.164 or an e-mail address", max_length=254)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("door", "Sign in or sign up"),
                            ("password", "Set a new password"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "Verification code",
                "indexes": [models.Index(fields=["address", "purpose", "-sent_at"], name="code_latest_by_address")],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("limit", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("limit", "subject"), name="tally_once_per_limit_and_subject")
                ]
            },
        ),
    ]
