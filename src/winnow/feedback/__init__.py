"""What learners read: the words, and their renderings.

`words` says all that is said of a result, `sentences` and `questions` have what a course says; `page`, `markdown` and
`terminal` render it, `class_table` a whole class. Why a check failed is not said here but in diagnosis.
Imported by exports, report, doctor, notebooks and commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from winnow.atomic_write import atomically
from winnow.course import Course
from winnow.feedback.markdown import learner_markdown
from winnow.feedback.naming import file_stem
from winnow.feedback.words import Sentences, learner_words
from winnow.record import RunResult

if TYPE_CHECKING:
    from winnow.submission import Source

__all__ = ["Sentences", "file_stem", "write_all"]


def write_all(
    run: RunResult,
    course: Course,
    out_dir: Path,
    sentences: Sentences | None = None,
    sources: Callable[[str], Mapping[str, Source]] = lambda student: {},
) -> Path:
    """Write `feedback/<learner>.md` and `.html` below `out_dir`, one learner at a time; return the folder.

    Args:
        sources: what a learner handed in, by exercise, to stand beside the remarks.
    """
    # Pages need what only graders install; a learner's terminal does without.
    from winnow.feedback.page import learner_page

    folder = out_dir / "feedback"
    folder.mkdir(parents=True, exist_ok=True)
    for submission in run.submissions:
        words = learner_words(submission, course, sentences or {}, sources(submission.student))
        stem = file_stem(submission.student)
        for suffix, render in (".md", learner_markdown), (".html", learner_page):
            with atomically(folder / f"{stem}{suffix}") as part:
                part.write_text(render(words, course.title), encoding="utf-8")
    return folder
