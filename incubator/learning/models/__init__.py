"""Records of learning: what is taught, who learns it, and what she has to show for it."""

from .certificates import Certificate
from .courses import Assignment, Cohort, Course, Lesson, Programme, Session
from .learners import Attendance, Enrolment, Learner, Learnt, Result, Submission

__all__ = [
    "Assignment",
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
    "Submission",
]
