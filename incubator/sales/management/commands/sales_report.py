"""`manage.py sales_report`: what was sold, by channel."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from incubator.sales import report
from incubator.sales.states import SalesChannel


class Command(BaseCommand):
    help = "Print orders, lines, kilograms and yuan by channel, each sale counted once."

    def add_arguments(self, parser):
        parser.add_argument("--channel", choices=[str(channel) for channel in SalesChannel], default="")
        parser.add_argument("--account", metavar="NAME", default="")
        parser.add_argument("--json", metavar="OUT", help="write the totals to this file")

    def handle(self, *args, **options):
        totals = report.totals(channel=options["channel"], account=options["account"])
        for name, row in totals.items():
            self.stdout.write(
                f"{name:<11}{row['orders']:>8} orders {row['lines']:>8} lines {row['kg']:>12} kg"
                f"{row['gross']:>16} gross {row['refunded']:>14} refunded {row['net']:>16} net"
            )
        if options["json"]:
            Path(options["json"]).write_text(json.dumps({"totals": totals}, ensure_ascii=False, indent=2), "utf-8")
