"""The pages of the demonstration: a first course, and classes of learners who are all made up."""

from . import classes, course


def load() -> None:
    """Lay what is missing; safe to repeat."""
    course.load()
    classes.load()
