"""Settings, one subject a file.

``environment`` reads the process environment and is the only place that does; ``development``, ``test`` and
``production`` are the three ways to run and collect the subjects through ``common``.
"""
