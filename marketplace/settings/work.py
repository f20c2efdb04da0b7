"""Background work: a queue in the database, worked off by ``manage.py work``."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
