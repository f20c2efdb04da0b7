"""The address book of a buyer: kept, changed, taken out; one address is the usual one as long as there is any."""

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.refusal import Refusal

from .forms import AddressForm
from .models import UserAddress

MOST = 30
CHINA = "CN"


class CannotKeep(Refusal):
    """The book does not take this address; ``for_people`` says why."""


@transaction.atomic
def keep(*, user, form: AddressForm, usual: bool, label: str = "", address: UserAddress | None = None) -> UserAddress:
    """Write what a valid form says into ``address``, or into a new one. Raises CannotKeep for a double, or one too many."""
    book = list(UserAddress.objects.select_for_update().filter(user=user).order_by("pk"))
    if address is None and len(book) >= MOST:
        raise CannotKeep(
            _("An address book holds at most %(most)s addresses. Please delete one first.") % {"most": MOST}
        )
    kept = address or UserAddress(user=user, country_id=CHINA)
    form.write_to(kept)
    kept.label = label
    if any(other.pk != kept.pk and other.generate_hash() == kept.generate_hash() for other in book):
        raise CannotKeep(_("This address is in your book already."))
    kept.is_default_for_shipping = usual or kept.is_default_for_shipping or not book
    kept.save()
    return kept


@transaction.atomic
def make_usual(*, address: UserAddress) -> None:
    """Offer this one first from now on; Oscar's model takes the mark from the others."""
    address.is_default_for_shipping = True
    address.save()


@transaction.atomic
def take_out(*, address: UserAddress) -> None:
    """Forget an address; orders keep their own copy. The latest of the others becomes the usual one."""
    was_usual, user = address.is_default_for_shipping, address.user
    address.delete()
    latest = user.addresses.order_by("-pk").first()
    if was_usual and latest is not None:
        make_usual(address=latest)
