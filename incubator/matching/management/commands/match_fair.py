"""`manage.py match_fair PRODUCTS.csv PARTNERS.csv`: match a fair from its two spreadsheets, without a database."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from incubator.matching.engine import explain
from incubator.matching.engine.match import Pin, Refused, Request, match
from incubator.matching.engine.relax import helpful_rules, shortfalls
from incubator.matching.engine.scoring import BUILT_IN, V1
from incubator.matching.refusals import in_words, shortfall_in_words
from incubator.matching.report import as_json
from incubator.matching.sentences import ANSWER_NAMES, CODE_NAMES
from incubator.matching.sheets import UnusableSheet, read_partners, read_products
from marketplace.core.tables import UnreadableTable

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Match the products and partners of a fair: cover everybody first, then the best sum of scores, with a proof."
    )
    requires_system_checks: list[str] = []
    solve: Callable[[Request], Any] = staticmethod(match)

    def add_arguments(self, parser):
        parser.add_argument("products", help="CSV or XLSX with one row per product")
        parser.add_argument("partners", help="CSV or XLSX with one row per e-commerce partner")
        parser.add_argument("--json", metavar="OUT", help="write everything there (- for the standard output)")
        pair = {"nargs": "+", "action": "extend", "default": [], "metavar": "PRODUCT:PARTNER"}
        parser.add_argument("--pin", help="pairs that are chosen in any case", **pair)
        parser.add_argument("--ban", help="pairs that do not meet", **pair)
        parser.add_argument("--pin-reason", default="", help="why pinned pairs may break a hard rule")
        parser.add_argument("--weights", default=V1.version, help="version of the weights")
        parser.add_argument("--language", default="", help="zh-hans or en, for the words")

    def handle(self, *args, **options):
        started = time.perf_counter()
        with translation.override(options["language"] or translation.get_language()):
            try:
                result = self.solve(self.request(options))
            except (UnreadableTable, UnusableSheet) as error:
                self.refuse(error.for_people)
            except Refused as error:
                self.refuse(in_words(error))
            self.write(result, options["json"], started)

    def request(self, options) -> Request:
        """What the command line asks for."""
        weights = BUILT_IN.get(options["weights"])
        if weights is None:
            return self.refuse(_("There are no weights %(version)s. Known: %(known)s") % known(options["weights"]))
        return Request(
            products=self.read(options["products"], read_products),
            partners=self.read(options["partners"], read_partners),
            weights=weights,
            pins=[Pin(*self.pair(text), options["pin_reason"]) for text in options["pin"]],
            bans=[self.pair(text) for text in options["ban"]],
        )

    def read(self, path: str, reader):
        try:
            with Path(path).open("rb") as file:
                return reader(file, Path(path).name)
        except OSError:
            self.refuse(_("The file %(file)s cannot be opened.") % {"file": path})

    def pair(self, text: str) -> tuple[str, str]:
        product, colon, partner = text.partition(":")
        if not (product and colon and partner):
            self.refuse(_("“%(text)s” is no pair. Write PRODUCT:PARTNER.") % {"text": text})
        return product, partner

    def refuse(self, words: str) -> NoReturn:
        """Say why nothing was done, and end with exit code 2."""
        self.stderr.write(words)
        raise SystemExit(UNUSABLE)

    def report(self, result) -> dict[str, Any]:
        """The run as data."""
        return as_json(result, seconds=0.0)

    def write(self, result, target: str | None, started: float) -> None:
        report = self.report(result)
        if target:
            report["seconds"] = time.perf_counter() - started
            text = json.dumps(report, ensure_ascii=False)
            if target == "-":
                self.stdout.write(text)
                return
            try:
                Path(target).write_text(text, encoding="utf-8")
            except OSError:
                self.refuse(_("The file %(file)s cannot be written.") % {"file": target})
        self.summary(result, time.perf_counter() - started)

    def summary(self, result: Any, seconds: float) -> None:
        """The run in a few lines for the terminal."""
        products, partners = result.request.products, result.request.partners
        covered, total = result.covered, len(products) * len(partners)
        self.stdout.write(f"{len(products)} × {len(partners)} = {total:,}")
        for answer, number in explain.counts(result).items():
            if number:
                self.stdout.write(f"  {ANSWER_NAMES[answer]}: {number:,}")
        self.stdout.write(
            _("Coverage: products %(products)s, partners %(partners)s")
            % {"products": f"{covered[0]}/{len(products)}", "partners": f"{covered[1]}/{len(partners)}"}
        )
        self.stdout.write(
            _("Sum of scores %(sum)s; objective %(objective)s, bound %(bound)s")
            % {
                "sum": f"{result.sum_score:.6f}",
                "objective": f"{result.objective:.9f}",
                "bound": f"{result.bound:.9f}",
            }
        )
        for missing in shortfalls(result):
            self.stdout.write(f"  {shortfall_in_words(result, missing)}")
        if sum(covered) < len(products) + len(partners):
            for code, gain in helpful_rules(result):
                self.stdout.write(f"  {CODE_NAMES[code]}: +{gain}")
        self.stdout.write(f"{result.request.weights.version}, {result.answer.solver}, {seconds:.3f} s")


def known(version: str) -> dict[str, str]:
    return {"version": version, "known": ", ".join(sorted(BUILT_IN))}
