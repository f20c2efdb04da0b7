"""`python -m bench pages`: what editors write, made anew for each reader and from what is kept, beside 1,000 products."""

import os

from bench.site import environment, running

PRODUCTS = 1000
PAGES = {
    "Home": "/",
    "Story": "/stories/light-from-the-left/",
    "Course": "/training/first-order/",
    "Lesson": "/training/first-order/weight-and-price/",
}


def main(_arguments) -> None:
    os.environ.update(environment(PRODUCTS))
    import django

    django.setup()
    from bench.measure import page, say

    for words, kept in (("made anew", ""), ("kept", "yes")):
        os.environ["BENCH_KEPT"] = kept
        say(f"--- {words}", "")
        with running(PRODUCTS) as site:
            for what, path in PAGES.items():
                page(site, what, path)
