"""Pictures of drafts: kept once, at most nine, their files gone when nobody shows them any more."""

import hashlib
import uuid
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from marketplace.catalogue.models import ProductImage
from marketplace.core import images
from marketplace.core.states import IllegalMove

from .models import MOST_PHOTOS, Draft, Photo

NAMESPACE = uuid.UUID("5a7f5c1e-0d0e-4f54-9d0d-2b1a3a0f9b11")


class TooManyPhotos(Exception):
    """A draft has as many photos as a listing may have."""

    @property
    def for_people(self) -> str:
        return _("A listing has at most %(most)s photos.") % {"most": MOST_PHOTOS}


def key_of(file) -> uuid.UUID:
    """An id for a file that came without one: the same file has the same id, so it is kept once."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return uuid.uuid5(NAMESPACE, digest.hexdigest())


def add(*, draft: Draft, key: uuid.UUID, file) -> Photo:
    """Keep an uploaded photo as the draft's last one; the same ``key`` again changes nothing.

    The picture is drawn before any row is locked. Raises UnusablePicture, TooManyPhotos, IllegalMove.
    """
    known = draft.photos.filter(key=key).first()
    if known:
        return known
    refuse_more(draft)
    name = images.store(file)
    try:
        photo, made = hang(draft, key, name, size_of(name))
    except Exception:
        delete_files(name)
        raise
    if not made:
        delete_files(name)
    return photo


@transaction.atomic
def hang(draft: Draft, key: uuid.UUID, name: str, size: tuple[int, int]) -> tuple[Photo, bool]:
    """The row of a stored picture. The draft is locked, so nine stay nine however many come at once."""
    draft = locked(draft)
    known = draft.photos.filter(key=key).first()
    if known:
        return known, False
    refuse_more(draft)
    width, height = size
    last = draft.photos.last()
    position = last.position + 1 if last else 0
    return draft.photos.create(key=key, name=name, width=width, height=height, position=position), True


def locked(draft: Draft) -> Draft:
    """The draft for changing; raises IllegalMove while others have it in hand."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if not draft.is_editable:
        raise IllegalMove("change", draft.state)
    return draft


def refuse_more(draft: Draft) -> None:
    if draft.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos


@transaction.atomic
def remove(*, draft: Draft, key: uuid.UUID) -> None:
    """Take a photo away; one that is gone stays gone."""
    for photo in locked(draft).photos.filter(key=key):
        photo.delete()
        transaction.on_commit(partial(delete_unused, photo.name))


@transaction.atomic
def make_cover(*, draft: Draft, key: uuid.UUID) -> None:
    """Put a photo first; the others keep their order."""
    ordered = sorted(locked(draft).photos.all(), key=lambda photo: photo.key != key)
    for position, photo in enumerate(ordered):
        photo.position = position
    Photo.objects.bulk_update(ordered, ["position"])


def frame(*, draft: Draft, key: uuid.UUID, along: int) -> None:
    """Lists show this part of a photo, ``along`` per cent down or across; a live page that shows the photo too stays as it is.

    The picture is drawn before any row is locked. Raises IllegalMove.
    """
    photo = draft.photos.filter(key=key).first()
    if photo is None or photo.frame == along:
        return
    name = images.reframed(photo.name, along)
    try:
        swap(draft, photo, name, along)
    except Exception:
        delete_files(name)
        raise


@transaction.atomic
def swap(draft: Draft, photo: Photo, name: str, along: int) -> None:
    """The drawn picture takes the place of the one it was made of, unless somebody was quicker."""
    hung = locked(draft).photos.filter(pk=photo.pk, name=photo.name).update(name=name, frame=along)
    transaction.on_commit(partial(delete_unused, photo.name if hung else name))


def copy(photos, draft: Draft) -> None:
    """Show the pictures of a product in a draft: the same files under new rows."""
    Photo.objects.bulk_create(
        [
            Photo(
                draft=draft,
                key=uuid.uuid4(),
                name=image.original.name,
                width=image.width,
                height=image.height,
                position=number,
                is_sample=image.is_sample,
            )
            for number, image in enumerate(photos)
        ]
    )


def size_of(name: str) -> tuple[int, int]:
    """Width and height of a stored picture in pixels."""
    with default_storage.open(name) as file, Image.open(file) as picture:
        return picture.size


def delete_unused(name: str) -> None:
    """Remove the files of a picture that no draft and no product shows."""
    if not (Photo.objects.filter(name=name).exists() or ProductImage.objects.filter(original=name).exists()):
        delete_files(name)


def delete_files(name: str) -> None:
    for each in (name, images.small_name(name)):
        default_storage.delete(each)
