"""Reading submissions: a folder, .zip, .ipynb or .py becomes the source of each exercise, as text.

Nothing that a learner wrote is imported, compiled or evaluated here. What cannot be read gets a status and a sentence.

`find` says who is in a class, with the `layouts/` in which systems hand one over. `places` and `files` open folders and
archives. `reading` chooses the file or notebook for each exercise, by `names`; `answer_sheets` chooses the file, or the
cells of a notebook, that answer a quiz. `text`, `notebook` and `magics` make Python of bytes. Imported by whatever
grades or renders.
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
