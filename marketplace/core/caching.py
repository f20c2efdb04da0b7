"""The cache as a convenience: where Redis is away nothing is kept, and every page is made as if for the first time.

Nothing that has to be right lies in it: sessions, counted tries and the stamps of kept pages are rows of the database.
"""

import logging
from time import monotonic

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

SECONDS_TO_WAIT = 0.25
"""To connect, and for an answer: making a page anew takes less than waiting longer."""
SECONDS_LEFT_ALONE = 5
"""Redis that did not answer is not asked again for so long, or every page would wait for it several times."""
CONNECTION = {
    "socket_connect_timeout": SECONDS_TO_WAIT,
    "socket_timeout": SECONDS_TO_WAIT,
    "retry": Retry(NoBackoff(), 1),  # once, at once: connections kept from before a restart of Redis are dead
}


class Forgiving(RedisCache):
    """Redis, for all who keep something, Wagtail too; whatever it does not answer counts as not kept."""

    asked_again_at = 0.0

    def __init__(self, server, params):
        super().__init__(server, params | {"OPTIONS": CONNECTION | params.get("OPTIONS", {})})

    def get(self, key, default=None, version=None):
        return self.tried(super().get, key, default, version, otherwise=default)

    def get_many(self, keys, version=None):
        return self.tried(super().get_many, keys, version, otherwise={})

    def has_key(self, key, version=None):
        return self.tried(super().has_key, key, version, otherwise=False)

    def add(self, key, value, *args, **more):
        return self.tried(super().add, key, value, *args, otherwise=False, **more)

    def incr(self, key, delta=1, version=None):
        return self.tried(super().incr, key, delta, version, otherwise=0)

    def set(self, key, value, *args, **more):
        return self.tried(super().set, key, value, *args, otherwise=None, **more)

    def set_many(self, data, *args, **more):
        return self.tried(super().set_many, data, *args, otherwise=list(data), **more)

    def touch(self, key, *args, **more):
        return self.tried(super().touch, key, *args, otherwise=False, **more)

    def delete(self, key, version=None):
        return self.tried(super().delete, key, version, otherwise=False)

    def delete_many(self, keys, version=None):
        return self.tried(super().delete_many, keys, version, otherwise=None)

    def tried(self, deed, *args, otherwise, **more):
        """What the cache answers; where it does not, a line in the log and ``otherwise``, for this process and a while."""
        if monotonic() < Forgiving.asked_again_at:
            return otherwise
        try:
            return deed(*args, **more)
        except (RedisError, OSError) as error:
            Forgiving.asked_again_at = monotonic() + SECONDS_LEFT_ALONE
            log.warning("the cache does not answer: %s", type(error).__name__)
            return otherwise
