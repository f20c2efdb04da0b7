"""Records of learning: what is taught, who learns it, and what she has to show for it."""

from .certificates import Certificate
from .courses import Cohort, Course, Lesson, Programme, Session
from .learners import Attendance, Enrolment, Learner, Learnt, Result

__all__ = [
    "Attendance",
    "Certificate",
    "Cohort",
    "Course",
    "Enrolment",
    "Learner",
    "Learnt",
    "Lesson",
    "Programme",
    "Result",
    "Session",
]
