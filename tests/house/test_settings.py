"""What the environment may say is written down for people, and production says what it lacks."""

import ast
import re

import pytest
from django.conf import settings
from django.core.management import call_command

from marketplace.core.caching import CONNECTION
from tests.house import production
from tests.house.sources import ROOT, modules

READ = re.compile(r"""\benv(?:\.\w+)?\(\s*["'](\w+)["']""")
WRITTEN = re.compile(r"^\| `(\w+)`", re.MULTILINE)


def test_the_table_of_settings_is_true():
    read = {name for file in (ROOT / "marketplace/settings").glob("*.py") for name in READ.findall(file.read_text())}
    written = WRITTEN.findall((ROOT / "docs/settings.md").read_text(encoding="utf-8"))

    assert sorted(read) == sorted(written)


def test_nobody_else_reads_the_environment():
    readers = [f for f in (ROOT / "marketplace").rglob("*.py") if re.search(r"os\.environ|getenv\(", f.read_text())]

    assert [str(file.relative_to(ROOT)) for file in readers if file.name not in {"wsgi.py"}] == []


def test_nobody_waits_for_another_machine_without_end():
    """The database, Redis, mail and Stripe have their times in one place each; whatever else is asked says how long."""
    asked = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("urlopen", "RequestsClient", "create_connection"))
        and "timeout" not in {word.arg for word in node.keywords}
    ]

    assert asked == []
    assert settings.EMAIL_TIMEOUT
    assert {"socket_timeout", "socket_connect_timeout"} <= set(CONNECTION)


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


STORE = {"OBJECT_STORE": "https://store.example", "OBJECT_STORE_KEY": "key", "OBJECT_STORE_SECRET": "secret"}
STORE |= {"MEDIA_BUCKET": "media", "PRIVATE_BUCKET": "papers"}


class TestProduction:
    @pytest.mark.parametrize("more", [{}, STORE], ids=["folders", "store"])
    def test_starts_when_it_has_what_it_needs(self, more):
        answer = production.check(**more)

        assert answer.returncode == 0, answer.stderr

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"SECRET_KEY": None}, "SECRET_KEY"),
            ({"FIELD_KEY": None}, "FIELD_KEY"),
            ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
            ({"PAYMENTS": "demo"}, "demo provider"),
            ({"DATABASE_URL": None}, "PostgreSQL"),
            ({"PAYMENTS": "stripe-demo"}, "demo provider"),
            ({"PAYMENTS": "stripe"}, "STRIPE_SECRET_KEY"),
            ({"PAYMENTS": "stripe", "STRIPE_SECRET_KEY": "sk_live_x"}, "STRIPE_WEBHOOK_SECRET"),
            ({"STRIPE_API_BASE": "http://127.0.0.1:8425"}, "STRIPE_API_BASE"),
            ({"OBJECT_STORE": "http://store.example"}, "OBJECT_STORE must be an https address"),
            ({"OBJECT_STORE": "https://store.example"}, "OBJECT_STORE_KEY and OBJECT_STORE_SECRET"),
            (STORE | {"PRIVATE_BUCKET": "media"}, "two buckets"),
            (STORE | {"OBJECT_STORE_STYLE": "host"}, "virtual or path"),
            ({"BANK_ACCOUNT": None}, "shown a sample account"),
            ({"BANK_ACCOUNT": "雁行公司, 6222 0000 0000 0001"}, "payee, bank and number"),
        ],
        ids=["key", "field-key", "hosts", "demo", "database", "stand-in", "stripe-key", "stripe-word", "stripe-base"]
        + ["store", "store-key", "one bucket", "store-style", "bank", "half a bank"],
    )
    def test_says_what_it_lacks(self, changes, said):
        answer = production.check(**changes)

        assert answer.returncode != 0
        assert said in answer.stderr


def test_what_the_address_says_of_tls_counts():
    from marketplace.settings.database import database

    options = database("postgres://shop:x@db.example:5432/shop?sslmode=verify-full")["OPTIONS"]

    assert options["sslmode"] == "verify-full"
    assert "statement_timeout" in options["options"] and options["tcp_user_timeout"]
