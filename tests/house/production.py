"""`python -m tests.house.production`: Django's own check of the production settings, under a made-up environment."""

import os
import subprocess
import sys

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
    "SECRET_KEY": "".join(chr(33 + step * 7 % 90) for step in range(64)),
    "FIELD_KEY": "made-up",
    "ALLOWED_HOSTS": "yanxing.example",
    "SITE_URL": "https://yanxing.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:5432/nothing",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "PAYMENTS": "offline",
    "BANK_ACCOUNT": "雁行公司, 银行, 6222 0000 0000 0001",
}


def check(**changes) -> subprocess.CompletedProcess:
    """Run `check --deploy` with the environment above, changed as told; None takes a name away."""
    environment = {name: value for name, value in (os.environ | ENVIRONMENT | changes).items() if value is not None}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    answer = check()
    sys.stdout.write(answer.stdout + answer.stderr)
    sys.exit(answer.returncode)
