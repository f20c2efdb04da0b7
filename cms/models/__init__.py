"""Pages that editors write. The shop shows them; it does not know them."""

from .content import ContentPage, TextVersion
from .frame import Frame
from .news import NewsIndexPage, NewsPage
from .plain import HomePage
from .stories import Objection, StoriesPage, StoryPage
from .training import CoursePage, LessonPage, TrainingPage

__all__ = [
    "ContentPage",
    "CoursePage",
    "Frame",
    "HomePage",
    "LessonPage",
    "NewsIndexPage",
    "NewsPage",
    "Objection",
    "StoriesPage",
    "StoryPage",
    "TextVersion",
    "TrainingPage",
]
