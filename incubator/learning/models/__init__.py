"""Records of learning: what is taught, who learns it, and what she has to show for it."""

from .certificates import Certificate
from .courses import Assignment, Cohort, Course, Lesson, Programme, Session
from .events import Gathering, Registration
from .learners import Attendance, Enrolment, Learner, Learnt, Result, Submission

__all__ = [
    "Assignment",
    "Attendance",
    "Certificate",
    "Cohort",
    "Course",
    "Enrolment",
    "Gathering",
    "Learner",
    "Learnt",
    "Lesson",
    "Programme",
    "Registration",
    "Result",
    "Session",
    "Submission",
]
