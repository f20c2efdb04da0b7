"""The part of the cover that lists show."""

import uuid
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from marketplace.core import images
from marketplace.core.states import IllegalMove
from marketplace.offering import photos
from tests import listings

NOBODYS = uuid.UUID(int=7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model)


def striped(size=(300, 900)) -> SimpleUploadedFile:
    """Red first, then green, then blue along the long side."""
    picture, out = Image.new("RGB", size), BytesIO()
    for number, colour in enumerate(["red", "lime", "blue"]):
        width, height = size
        box = (0, number * height // 3) if height > width else (number * width // 3, 0)
        picture.paste(colour, (*box, width, height))
    picture.save(out, "PNG")
    return SimpleUploadedFile("a.png", out.getvalue())


def shown(name: str) -> str:
    with default_storage.open(images.small_name(name)) as file:
        pixel = Image.open(file).convert("RGB").resize((1, 1)).getpixel((0, 0))
    return ("red", "lime", "blue")[pixel.index(max(pixel))]


@pytest.fixture
def draft(seller):
    return listings.draft(seller, photographed=False)


def hung(draft, **options):
    return photos.add(draft=draft, key=uuid.uuid4(), file=striped(**options))


@pytest.mark.parametrize("size", [(300, 900), (900, 300)], ids=["tall", "wide"])
@pytest.mark.parametrize(("along", "part"), [(0, "red"), (50, "lime"), (100, "blue")])
def test_is_what_lists_show(draft, size, along, part):
    photo = hung(draft, size=size)

    photos.frame(draft=draft, key=photo.key, along=along)

    photo.refresh_from_db()
    assert (shown(photo.name), photo.frame) == (part, along)


def test_leaves_the_whole_picture_as_it_is_and_the_old_files_gone(draft, django_capture_on_commit_callbacks):
    photo = hung(draft)
    before = default_storage.open(photo.name).read()

    with django_capture_on_commit_callbacks(execute=True):
        photos.frame(draft=draft, key=photo.key, along=0)

    old, name = photo.name, draft.photos.get().name
    assert default_storage.open(name).read() == before
    assert not default_storage.exists(old) and not default_storage.exists(images.small_name(old))


def test_changes_no_live_page(draft, django_capture_on_commit_callbacks):
    photo = hung(draft)
    other = listings.draft(draft.seller, photographed=False)
    other.photos.create(key=uuid.uuid4(), name=photo.name, width=300, height=900)

    with django_capture_on_commit_callbacks(execute=True):
        photos.frame(draft=draft, key=photo.key, along=0)

    assert shown(other.photos.get().name) == "lime"


def test_is_refused_while_the_reviewers_have_it(draft):
    photo = hung(draft)
    draft.state = "waiting"
    draft.submitted_at = draft.saved_at
    draft.save()

    with pytest.raises(IllegalMove):
        photos.frame(draft=draft, key=photo.key, along=0)


class TestWithoutScript:
    def test_is_chosen_by_buttons(self, client, draft):
        photo = hung(draft)
        page = client.get(draft.get_absolute_url()).content.decode()
        assert f"frame:{photo.key}:0" in page

        client.post(draft.get_absolute_url(), {"do": f"frame:{photo.key}:0"})

        assert draft.photos.get().frame == 0

    @pytest.mark.parametrize("value", ["x", "x:0", ":", f"{NOBODYS}:0", f"{NOBODYS}:x"])
    def test_of_a_photo_that_is_not_there_changes_nothing(self, client, draft, value):
        hung(draft)

        assert client.post(draft.get_absolute_url(), {"do": f"frame:{value}"}).status_code == 302
        assert draft.photos.get().frame == 50

    @pytest.mark.parametrize(("typed", "kept"), [("-5", 0), ("900", 100)])
    def test_stays_within_the_picture(self, client, draft, typed, kept):
        photo = hung(draft)

        client.post(draft.get_absolute_url(), {"do": f"frame:{photo.key}:{typed}"})

        assert draft.photos.get().frame == kept
