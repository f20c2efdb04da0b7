"""Measurements of the real site: `make bench` prints figures; nothing here passes or fails by a time.

PostgreSQL with production settings (but the demo provider, and plain http), gunicorn with two workers, no page caches.
CPU is user and system time of the web workers and of the database's processes for us, read from /proc around a few
hundred requests. A catalogue of each size is made once and kept in a database of its own.
"""
