"""The cache as a convenience: where Redis is away nothing is kept, and every page is made as if for the first time.

Nothing that has to be right lies in it: sessions and counted tries are rows of the database.
"""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class Forgiving(RedisCache):
    """Redis, for all who keep something, Wagtail too; whatever it does not answer counts as not kept."""

    def get(self, key, default=None, version=None):
        return tried(super().get, key, default, version, otherwise=default)

    def get_many(self, keys, version=None):
        return tried(super().get_many, keys, version, otherwise={})

    def has_key(self, key, version=None):
        return tried(super().has_key, key, version, otherwise=False)

    def add(self, key, value, *args, **more):
        return tried(super().add, key, value, *args, otherwise=False, **more)

    def set(self, key, value, *args, **more):
        return tried(super().set, key, value, *args, otherwise=None, **more)

    def set_many(self, data, *args, **more):
        return tried(super().set_many, data, *args, otherwise=list(data), **more)

    def touch(self, key, *args, **more):
        return tried(super().touch, key, *args, otherwise=False, **more)

    def delete(self, key, version=None):
        return tried(super().delete, key, version, otherwise=False)

    def delete_many(self, keys, version=None):
        return tried(super().delete_many, keys, version, otherwise=None)


def tried(deed, *args, otherwise, **more):
    """What the cache answers; where it does not, a line in the log and ``otherwise``."""
    try:
        return deed(*args, **more)
    except (RedisError, OSError) as error:
        log.warning("the cache does not answer: %s", type(error).__name__)
        return otherwise
