"""What a long history costs: `DATABASE_URL=postgres://… python -m bench.ledger [ENTRIES]` on a migrated database of PostgreSQL.

One seller gets so many entries (1,000,000) in a transaction that is undone at the end; nothing stays.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import quantiles

import django

ROWS = """
    INSERT INTO settlement_entry (posting_id, account_id, fen, label, at)
    SELECT %s + n / 2, CASE WHEN n %% 2 = 0 THEN %s ELSE %s END, CASE WHEN n %% 2 = 0 THEN 100 ELSE -100 END, 'goods',
           %s - make_interval(mins => n)
    FROM generate_series(0, %s) n"""
POSTINGS = """
    INSERT INTO settlement_posting (id, cause, kind, at, written_at)
    SELECT %s + n, 'bench:' || n, 'paid', %s - make_interval(mins => 2 * n), now() FROM generate_series(0, %s) n"""
FIRST = 1_000_000_000
TIMES = 200


def measured(call: Callable, times: int = TIMES) -> str:
    """Median and 99th percentile in milliseconds."""
    took = []
    for _turn in range(times):
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(took, n=100, method="inclusive")
    return f"{cuts[49]:8.2f} ms median {cuts[98]:8.2f} ms p99"


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")


def main(entries: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from marketplace.partner.models import Partner
    from marketplace.settlement import ledger, statements
    from marketplace.settlement.kinds import AccountKind
    from marketplace.settlement.models import Account
    from marketplace.settlement.periods import month_of

    with transaction.atomic():
        seller = Partner.objects.create(name="示例量测店", code="bench-ledger")
        hers = Account.objects.create(kind=AccountKind.HELD, seller=seller, fen=entries // 2 * 100)
        place = Account.objects.create(kind=AccountKind.CLEARING, place="bench", fen=-(entries // 2 * 100))
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL session_replication_role = replica")  # a million seals would be measured instead
            cursor.execute(ROWS, [FIRST, hers.pk, place.pk, now, 2 * entries - 1])
            cursor.execute(POSTINGS, [FIRST, now, entries - 1])
            cursor.execute("ANALYZE settlement_entry")
        month = month_of(timezone.localdate(now - timedelta(days=31)))
        say(f"{entries:,} entries of one seller, {connection.vendor}")
        say("balance            ", measured(lambda: ledger.balance(AccountKind.HELD, seller.pk)))
        say("statement of a month", measured(lambda: statements.statement(seller, month), 3))
        say("all recomputed     ", measured(ledger.recomputed, 3))
        transaction.set_rollback(True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.development")
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
