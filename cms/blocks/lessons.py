"""What lessons are built of besides text: pairs of pictures, files, checklists, and a quiz."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from incubator.learning.models import Assignment

from .base import OurBlock
from .texts import AudioBlock, ChecklistBlock, PairBlock, TextBlocks, VideoBlock


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=120)
    is_right = blocks.BooleanBlock(label=_("Right"), required=False)


class QuestionBlock(blocks.StructBlock):
    """A question with one right answer, and why it is right."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=6)
    explanation = blocks.TextBlock(label=_("Explanation"), max_length=400)

    def clean(self, value):
        cleaned = super().clean(value)
        if sum(bool(option["is_right"]) for option in cleaned["options"]) != 1:
            raise StructBlockValidationError({"options": ValidationError(_("Exactly one answer must be right."))})
        return cleaned


class QuizValue(blocks.StructValue):
    @property
    def right_answers(self) -> list[int]:
        """The place of the right answer of every question, counted from 0."""
        return [
            next((place for place, option in enumerate(each["options"]) if option["is_right"]), 0)
            for each in self["questions"]
        ]

    def right(self, answers: list[int]) -> int:
        """How many of these answers are right."""
        return sum(given == due for given, due in zip(answers, self.right_answers, strict=False))


class QuizBlock(OurBlock):
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Quiz")
        value_class = QuizValue
        template = "cms/training/quiz.html"


class AssignmentBlock(OurBlock):
    """What a learner does after the lesson, and who says that it is done."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("What is to be done"), max_length=600)
    kind = blocks.ChoiceBlock(choices=Assignment.choices, label=_("Who says that it is done"))

    class Meta:
        icon = "tasks"
        label = _("Assignment")
        template = "cms/training/task.html"


class LessonBlocks(TextBlocks):
    pair = PairBlock()
    checklist = ChecklistBlock()
    audio = AudioBlock()
    video = VideoBlock()
    assignment = AssignmentBlock()
    quiz = QuizBlock()

    class Meta:
        required = False
        block_counts = {"quiz": {"max_num": 1}, "assignment": {"max_num": 1}}
