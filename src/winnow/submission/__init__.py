"""Reading submissions: a folder, .zip, .ipynb or .py becomes the source of each exercise, as text.

Nothing a learner wrote is imported, compiled or evaluated here. What cannot be read gets a status and a
sentence. `layouts/` knows how systems hand a class over. Imported by whatever grades or renders.
"""

from .find import Class, find_class, find_submissions
from .imports import imports
from .model import Cell, Gathered, Place, QuizSought, Source, Submission, SubmissionsError
from .reading import read_one_file, read_submission

__all__ = [
    "Cell",
    "Class",
    "Gathered",
    "Place",
    "QuizSought",
    "Source",
    "Submission",
    "SubmissionsError",
    "find_class",
    "find_submissions",
    "imports",
    "read_one_file",
    "read_submission",
]
