"""What learners' records do when the shop tells of their people."""

from marketplace.core.events import receives

from . import actions


@receives("account_closed")
def a_person_left(user: int) -> None:
    actions.unname(user_id=user)
