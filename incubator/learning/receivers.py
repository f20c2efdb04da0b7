"""What learners' records do when the shop tells of their people."""

from django.utils import timezone

from marketplace.core.events import receives

from . import actions, registering


@receives("account_closed")
def a_person_left(user: int) -> None:
    """Others get her seats first: afterwards nothing says which were hers."""
    registering.leave_all(user_id=user, at=timezone.now())
    actions.unname(user_id=user)


@receives("listing_published")
def a_product_is_on_the_shelf(product: int, seller: int) -> None:
    """The first one does an assignment; every further one finds it done."""
    actions.seller_listed(seller=seller, at=timezone.now())


@receives("consent_withdrawn")
def an_agreement_ended(user: int, purpose: str) -> None:
    if purpose == registering.PURPOSE:
        registering.forget_agreement(user_id=user, at=timezone.now())
