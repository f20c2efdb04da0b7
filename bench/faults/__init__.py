"""Faults on purpose, against the site as it runs: web workers, the worker, the stand-in for Stripe, a real database.

`python -m bench.faults kill` ends a process by ``kill -9`` at each named point and counts what was lost;
`python -m bench.faults connections` ends the database's connections while people buy;
`python -m bench.faults silence` lets the provider, or Redis, be slow or away.
"""
