"""The pages of the demonstration: a first course with classes of made-up learners, and stories."""

from . import classes, course, stories


def load() -> None:
    """Lay what is missing; safe to repeat."""
    course.load()
    classes.load()
    stories.load()
