"""What pages are built of: one block for each thing, each with its template."""

from .lessons import LessonBlocks, QuizBlock
from .texts import AudioBlock, ChecklistBlock, DownloadBlock, NoteBlock, PairBlock, PictureBlock, TextBlocks, VideoBlock

__all__ = [
    "AudioBlock",
    "ChecklistBlock",
    "DownloadBlock",
    "LessonBlocks",
    "NoteBlock",
    "PairBlock",
    "PictureBlock",
    "QuizBlock",
    "TextBlocks",
    "VideoBlock",
]
