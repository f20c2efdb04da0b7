"""The pages of the demonstration: a first course with classes of made-up learners, stories and news."""

from . import classes, course, news, stories


def load() -> None:
    """Lay what is missing; safe to repeat."""
    course.load()
    classes.load()
    stories.load()
    news.load()
