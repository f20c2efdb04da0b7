"""Where sessions are kept: in the database, each with its person, so that ending one counts at once on every server.

A cached session would live on in the memory of another process; one indexed row per request is the price.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

AGENT, BEGAN = "agent", "began"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, in a table that knows whose they are."""

    @classmethod
    def get_model_class(cls):
        from .models import Session

        return Session

    def create_model_instance(self, data):
        session: Any = super().create_model_instance(data)
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.agent = data.get(AGENT, "")
        session.began_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else None
        return session


def begin(request, at: datetime) -> None:
    """Note when and with which browser she signed in."""
    request.session[AGENT] = request.headers.get("User-Agent", "")[:200]
    request.session[BEGAN] = at.isoformat()
