"""Uploaded files in an object store that speaks S3, where several web hosts share no folder (ADR 0022)."""

from functools import partial
from typing import Any
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 3, 10, 2
IN_MEMORY = 2 * 1024 * 1024
"""A larger file lies on the disk while it is read."""

client = partial(
    Config,
    signature_version="s3v4",
    connect_timeout=CONNECT_SECONDS,
    read_timeout=ANSWER_SECONDS,
    retries={"mode": "standard", "total_max_attempts": TRIES},
    # Several Chinese stores refuse the checksums that newer clients add to everything.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class ObjectStore(S3Storage):
    """One bucket. Its files are addressed below ``base_url``, on the shop's own host; without one they have no address.

    A name that is taken gets another one, as in a folder.
    """

    def __init__(self, *, base_url: str = "", style: str = "virtual", **options: Any):
        self.base_url = base_url
        options |= {"client_config": client(s3={"addressing_style": style}), "file_overwrite": False}
        options |= {"max_memory_size": IN_MEMORY, "transfer_config": TransferConfig(use_threads=False)}
        super().__init__(**options)

    def url(self, name, parameters=None, expire=None, http_method=None) -> str:
        """Raises ValueError for a file of a bucket that nobody reads by address."""
        if not self.base_url:
            raise ValueError("This file is not accessible via a URL.")
        return urljoin(self.base_url, filepath_to_uri(name).lstrip("/"))


def is_away(error: BaseException | None) -> bool:
    """Is it the store that an error complains of: it does not answer, or it lets us in no more?"""
    return isinstance(error, BotoCoreError | ClientError | Boto3Error)


def answers() -> bool:
    """Do both buckets answer? One short question each."""
    try:
        for alias in ("default", "private"):
            store: Any = storages[alias]
            store.connection.meta.client.head_bucket(Bucket=store.bucket_name)
    except (BotoCoreError, ClientError):
        return False
    return True
