"""A seller at her phone: what she types, what she photographs, and which buttons she presses."""

import uuid
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from marketplace.catalogue.models import Category
from marketplace.offering import actions, photos
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop

NEHE = {"area-0": "230000", "area-1": "230200", "area-2": "230281"}


def category(name="大米"):
    return Category.objects.filter(name=name).first() or Category.add_root(name=name)


def type_in(page) -> None:
    """The words of a listing, typed on the phone."""
    page.fill("[name=title]", "讷河新米")
    page.locator(".chip", has_text="大米").tap()
    page.fill("[name=weight]", "10")
    page.fill("[name=price]", "59.90")
    page.fill("[name=stock]", "20")


KEPT = "caches.open('listing-1').then((store) => store.match('/last-listing')).then((last) => last?.text())"


def until_kept(page, *, ending: str) -> None:
    """Wait until the worker has kept the listing at an address; asked from outside, for pages may evaluate no text."""
    for _again in range(150):
        if (page.evaluate(KEPT) or "").endswith(ending):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never kept: {ending}")


WORDS = """() => new Promise((done) => {
  indexedDB.open("yanxing").onsuccess = ({ target: { result: phone } }) => {
    phone.transaction("words").objectStore("words").getAll().onsuccess = (all) => {
      phone.close();
      done(all.target.result.map((kept) => kept.typed ?? {}));
    };
  };
})"""


def until_on_the_phone(page, **typed: str) -> None:
    """Wait until the phone itself has what was typed into a listing."""
    for _again in range(150):
        if any(typed.items() <= kept.items() for kept in page.evaluate(WORDS)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never kept: {typed}")


def photo(colour="goldenrod", kind="JPEG", size=(640, 480)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return SimpleUploadedFile(f"{colour}.jpg", out.getvalue(), content_type="image/jpeg")


def words(**changes):
    """A listing typed without a mistake."""
    typed = {
        "title": "讷河新米",
        "category": str(category().pk),
        "weight": "10",
        "weight_unit": "jin",
        "container": "袋",
        "price": "59.90",
        "stock": "20",
        "ship_mode": "ambient",
        "all_year": "on",
    }
    return {name: value for name, value in (typed | NEHE | changes).items() if value is not None}


def owner(client, django_user_model, mobile="13900000002", of=None):
    """Signed in, with a shop; returns the seller."""
    user = django_user_model.objects.create_user(mobile=mobile)
    seller = of or shop.seller(fee="6.00", area="230281")
    team.join(seller=seller, user=user, role=TeamRole.OWNER)
    client.force_login(user)
    return seller


def draft(seller, *, photographed=True, product=None, **changes):
    """Typed and photographed, not submitted."""
    kept = actions.keep(key=uuid.uuid4(), seller=seller, words=words(**changes), by=None, at=timezone.now())
    if photographed:
        photos.add(draft=kept, key=uuid.uuid4(), file=photo())
    return kept


def submitted(seller, **changes):
    return actions.submit(draft=draft(seller, **changes), by=None, at=timezone.now())


def address(key):
    return reverse("seller:draft", args=[key])
