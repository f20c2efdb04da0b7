"""Why a story is not published."""

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.workflows import publish_workflow_state


class NothingToStandOn(PublishPagePermissionError):
    """A story without the agreement, or the source, that it needs; ``story`` is its key."""

    def __init__(self, story: int | None = None):
        self.story = story
        super().__init__(self.for_people)

    @property
    def for_people(self) -> str:
        return _("This story cannot be published: the person's agreement is not on record.")


class StepRefused(Exception):
    """The same at the last step of a workflow. Wagtail's rooms would take the other for a missing right and say no more."""

    def __init__(self, refusal: NothingToStandOn):
        super().__init__(str(refusal))
        self.story, self.for_people = refusal.story, refusal.for_people


def publish_at_the_end(workflow_state, user=None) -> None:
    """What Wagtail calls when every step of a workflow is passed."""
    try:
        publish_workflow_state(workflow_state, user=user)
    except NothingToStandOn as refusal:
        raise StepRefused(refusal) from refusal
