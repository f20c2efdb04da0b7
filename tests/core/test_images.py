"""Uploaded pictures: made safe or refused, in words."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from marketplace.core import images


def photo(kind="JPEG", size=(1600, 1200), **options):
    out = BytesIO()
    Image.new("RGB", size, "goldenrod").save(out, kind, **options)
    return ContentFile(out.getvalue(), name="photo.jpg")


def with_place():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "CameraOfSomebody"
    return exif


class TestStore:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
    def test_keeps_two_sizes(self, kind):
        name = images.store(photo(kind))

        assert Image.open(default_storage.open(name)).size == (1200, 900)
        assert Image.open(default_storage.open(images.small_name(name))).size == (400, 400)

    @pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
    def test_strips_where_and_by_whom_it_was_taken(self, kind):
        name = images.store(photo(kind, exif=with_place()))

        assert not Image.open(default_storage.open(name)).getexif()
        assert b"CameraOfSomebody" not in default_storage.open(name).read()

    def test_drops_what_hides_behind_the_picture(self):
        upload = ContentFile(photo().read() + b"<script>alert(1)</script>", name="photo.jpg")

        assert b"<script>" not in default_storage.open(images.store(upload)).read()


REFUSED = {
    "an SVG": ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", name="a.svg"),
    "a page named .jpg": ContentFile(b"<html><script>1</script></html>", name="a.jpg"),
    "half a photo": ContentFile(photo().read()[:700], name="a.jpg"),
    "nothing": ContentFile(b"", name="a.jpg"),
    "a bomb": photo("PNG", size=(13000, 13000)),
    "30 MB": ContentFile(b"\xff\xd8" + b"0" * 30_000_000, name="a.jpg"),
}


class TestRefused:
    @pytest.mark.parametrize("file", REFUSED.values(), ids=REFUSED.keys())
    def test_with_words(self, file):
        with pytest.raises(images.UnusablePicture) as refusal:
            images.store(file)

        assert len(refusal.value.for_people) > 10
