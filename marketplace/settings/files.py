"""Static files come with the code; media are what people upload. Neither is ever asked of another host."""

from .environment import (
    BASE_DIR,
    DATA_DIR,
    MEDIA_BUCKET,
    OBJECT_STORE,
    OBJECT_STORE_KEY,
    OBJECT_STORE_REGION,
    OBJECT_STORE_SECRET,
    OBJECT_STORE_STYLE,
    PRIVATE_BUCKET,
)

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "marketplace" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
"""Transfer slips and documents: outside MEDIA_ROOT, so no web server hands them out by name."""

STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def bucket(name: str, base_url: str = "") -> dict:
    """A bucket of the object store in the place of a folder."""
    options = {
        "endpoint_url": OBJECT_STORE,
        "access_key": OBJECT_STORE_KEY,
        "secret_key": OBJECT_STORE_SECRET,
        "region_name": OBJECT_STORE_REGION or None,
        "style": OBJECT_STORE_STYLE,
        "bucket_name": name,
        "base_url": base_url,
    }
    return {"BACKEND": "marketplace.core.object_store.ObjectStore", "OPTIONS": options}


if OBJECT_STORE:
    STORAGES |= {"default": bucket(MEDIA_BUCKET, MEDIA_URL), "private": bucket(PRIVATE_BUCKET)}
THUMBNAIL_DEFAULT_STORAGE_ALIAS = "default"
"""What Oscar's pages for operators make smaller lies beside the pictures, wherever those are."""

UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_PIXELS = 25_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WHITENOISE_MAX_AGE = 31_536_000
ASSETS_DIR = BASE_DIR / "marketplace" / "static" / "marketplace"
