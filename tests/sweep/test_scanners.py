"""The scanners attack a site of their own, and those that are not installed are left out."""

from tests.sweep import scanners


def test_attack_nothing_that_this_shell_names(monkeypatch):
    named = {
        "DATABASE_URL": "postgres://real/shop", "REPLICA_URL": "postgres://real/copy", "REDIS_URL": "redis://real",
        "PAYMENTS": "stripe", "SMS_URL": "https://real.example", "EMAIL_URL": "smtp://real.example",
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.production", "DATA_DIR": "/real",
    }  # fmt: skip
    for name, value in named.items():
        monkeypatch.setenv(name, value)

    told = scanners.surroundings("/tmp/own", 8123)

    assert [name for name, value in told.items() if value == named.get(name)] == []
    assert told["DATABASE_URL"].startswith("sqlite:////tmp/own/") and told["REDIS_URL"] == ""
    assert told["PAYMENTS"] == "demo" and told["DJANGO_SETTINGS_MODULE"] == "marketplace.settings.development"


def test_that_are_missing_are_named_and_left_out(monkeypatch, capsys):
    monkeypatch.setattr(scanners.shutil, "which", lambda name: None)

    scanners.main()

    said = capsys.readouterr().out
    assert all(f"{name} left out" in said for name in ("semgrep", "sqlmap", "wapiti"))
