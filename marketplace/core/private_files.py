"""Files that only their owner and the staff concerned may see; they lie outside the folder web servers hand out."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Where slips and documents are kept (see settings/files.py)."""
    return storages["private"]
