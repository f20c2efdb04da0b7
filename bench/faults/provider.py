"""The stand-in for Stripe as a process of its own; ``ANSWER_DELAY`` seconds late, where it is told to be."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from marketplace.payment.standin.server import StandIn

if __name__ == "__main__":
    stand_in = StandIn(
        port=urlsplit(os.environ["STRIPE_API_BASE"]).port or 0,
        webhook=f"{os.environ['SITE_URL']}/webhooks/stripe/",
        secret="whsec_stand_in",  # noqa: S106
        file=Path(os.environ["DATA_DIR"]) / "stripe-standin.json",
    )
    stand_in.faults.answer_delay = float(os.environ.get("ANSWER_DELAY", "0"))
    stand_in.serve()
