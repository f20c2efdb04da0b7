"""Uploaded files in an object store that speaks S3, where several web hosts share no folder (ADR 0022)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urljoin

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from django.utils.encoding import filepath_to_uri
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 3, 10, 2
IN_MEMORY = 2 * 1024 * 1024
"""A larger file lies on the disk while it is read."""

transfer = TransferConfig(use_threads=False, num_download_attempts=1)
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

    A name that is taken gets another one, unless both come at the same moment; names of ours are drawn by lot.
    """

    def __init__(self, *, base_url: str = "", style: str = "virtual", **options: Any):
        self.base_url = base_url
        options |= {"client_config": client(s3={"addressing_style": style}), "file_overwrite": False}
        options |= {"max_memory_size": IN_MEMORY, "transfer_config": transfer}
        super().__init__(**options)

    def _open(self, name, mode="rb"):
        """What is read is fetched now, so that no answer begins which the store then breaks off."""
        file = super()._open(name, mode)
        if "r" in mode:
            with missed(name):
                file.open()
        return file

    def get_modified_time(self, name):
        with missed(name):
            return super().get_modified_time(name)

    def url(self, name, parameters=None, expire=None, http_method=None) -> str:
        """Raises ValueError for a file of a bucket that nobody reads by address."""
        if not self.base_url:
            raise ValueError("This file is not accessible via a URL.")
        return urljoin(self.base_url, filepath_to_uri(name).lstrip("/"))


def is_away(error: BaseException | None) -> bool:
    """Is it the store that an error complains of: it does not answer, breaks off, or lets us in no more?"""
    return isinstance(error, BotoCoreError | ClientError | RetriesExceededError) and not is_missing(error)


def is_missing(error: BaseException) -> bool:
    """Only one file is not there."""
    return isinstance(error, ClientError) and error.response["Error"]["Code"] in {"404", "NoSuchKey"}


@contextmanager
def missed(name: str) -> Iterator[None]:
    """A file that is not there is missed as in a folder."""
    try:
        yield
    except ClientError as error:
        if is_missing(error):
            raise FileNotFoundError(name) from error
        raise


def answers() -> bool:
    """Do both buckets answer? One short question each."""
    try:
        for alias in ("default", "private"):
            store: Any = storages[alias]
            store.connection.meta.client.head_bucket(Bucket=store.bucket_name)
    except (BotoCoreError, ClientError):
        return False
    return True
