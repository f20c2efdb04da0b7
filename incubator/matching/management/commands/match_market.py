"""`manage.py match_market PRODUCTS.csv PARTNERS.csv`: as match_fair, for markets too large to explain every pair."""

from typing import Any

from django.utils.translation import gettext as _

from incubator.matching.engine.large import MarketResult, match_market

from . import match_fair


class Command(match_fair.Command):
    help = "Match a whole market on candidate lists, and say at most how much that gives away."
    solve = staticmethod(match_market)

    def report(self, result: MarketResult) -> dict[str, Any]:
        """The chosen pairs by id, and what they are worth."""
        scale, (products, partners) = result.answer.question.aims.scale, result.covered
        return {
            "pairs": [{"product": product, "partner": partner} for product, partner in result.pairs()],
            "covered": {"products": products, "partners": partners},
            "sum_score": result.sum_score,
            "objective": result.answer.objective / scale,
            "bound": result.answer.bound / scale,
            "ceiling": result.ceiling / scale,
            "possible": result.everything.fits,
            "listed": len(result.listed.product),
            "weights": result.request.weights.version,
            "solver": result.answer.solver,
        }

    def summary(self, result: MarketResult, seconds: float) -> None:
        """The run in a few lines for the terminal."""
        sides, covered = (len(result.request.products), len(result.request.partners)), result.covered
        self.stdout.write(
            f"{sides[0]:,} × {sides[1]:,}: {result.everything.fits:,} → {len(result.listed.product):,} → {len(result.pairs()):,}"
        )
        self.stdout.write(
            _("Coverage: products %(products)s, partners %(partners)s")
            % {"products": f"{covered[0]}/{sides[0]}", "partners": f"{covered[1]}/{sides[1]}"}
        )
        scale = result.answer.question.aims.scale
        self.stdout.write(
            _("Sum of scores %(sum)s; objective %(objective)s, bound %(bound)s")
            % {
                "sum": f"{result.sum_score:.6f}",
                "objective": f"{result.answer.objective / scale:.9f}",
                "bound": f"{result.answer.bound / scale:.9f}",
            }
        )
        self.stdout.write(f"{result.request.weights.version}, {result.answer.solver}, {seconds:.3f} s")
