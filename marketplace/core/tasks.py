"""The one place that knows which task library we use (docs/adr: the queue lies in the database)."""

from django_tasks import task

__all__ = ["task"]
