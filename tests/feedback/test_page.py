"""A learner's page: what to mend first, a way to each exercise, what passed folded, and the learner's own code."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from winnow import feedback
from winnow.feedback.markdown import learner_markdown
from winnow.feedback.mend import mend_first
from winnow.feedback.page import learner_page
from winnow.feedback.words import learner_words
from winnow.record import CheckResult, ExerciseResult, Person, SubmissionResult
from winnow.submission import Cell, Source

from ..support.big_class import big_course, big_run, sources
from ..support.made_class import made_course

COURSE = made_course()


def check(
    name: str, outcome: str = "passed", worth: float = 2.0, visibility: str = "hidden", why: str = ""
) -> CheckResult:
    score = worth if outcome == "passed" else 0.0
    return CheckResult(name, f"title of {name}", visibility, outcome, score, worth, why)  # type: ignore[arg-type]


def result(exercise: str, *checks: CheckResult, **more: object) -> ExerciseResult:
    score, points = sum(one.score for one in checks), sum(one.points for one in checks) or 10.0
    return replace(ExerciseResult(exercise, "graded", score, points, checks), **more)


def learner(*results: ExerciseResult, **more: object) -> SubmissionResult:
    score, points = sum(one.score for one in results), sum(one.points for one in results)
    return replace(SubmissionResult("s01", score, points, results), **more)


def page(submission: SubmissionResult, handed_in: dict[str, Source] | None = None) -> str:
    return learner_page(learner_words(submission, COURSE, {}, handed_in), COURSE.title)


def test_what_to_mend_first_is_what_cannot_be_judged_then_public_then_dear() -> None:
    submission = learner(
        result("groupby_na", check("a"), check("b", "failed", 9.0, why="dear and hidden")),
        result("mae", check("a", "failed", 1.0, "public", "cheap and public")),
        result("robust_losses", status="unreadable", message="it does not compile"),
        result("mlp_forward", check("a", "failed", 1.0, why="cheap and hidden")),
    )
    found = mend_first(learner_words(submission, COURSE, {}))
    assert [one.what for one in found] == ["it does not compile", "cheap and public", "dear and hidden"]
    text = page(submission)
    assert text.index("Mend first") < text.index("it does not compile") < text.index('id="e1"')
    for place, one in zip((3, 2, 1), found, strict=True):
        assert f'<a href="#e{place}">{one.exercise.id}</a>' in text
        assert f'id="e{place}"' in text


def test_nothing_is_to_be_mended_where_all_is_right_or_nothing_was_begun() -> None:
    for one in (result("mae", check("a")), result("mae", status="missing"), result("mae", status="grader_error")):
        assert mend_first(learner_words(learner(one), COURSE, {})) == ()


def test_passed_checks_are_folded_and_the_others_are_not() -> None:
    text = page(learner(result("mae", check("good"), check("bad", "failed", why="no"), check("fine"))))
    folded = re.search(r'<details class="passes">.*?</details>', text, re.DOTALL)
    assert folded is not None
    assert "2 passed" in folded[0]
    assert all(f"title of {name}" in folded[0] for name in ("good", "fine"))
    assert text.index("title of bad") < folded.start()
    assert "title of bad" not in folded[0]


def test_the_date_of_the_hand_in_and_the_name_are_told() -> None:
    person = Person("김민수", handed_in="2024-05-01 11:22 UTC", late=True)
    submission = learner(result("mae", check("a")), person=person, student="20231234")
    text = page(submission)
    assert "<h1><bdi>김민수</bdi></h1>" in text
    assert "20231234" in text
    assert "Handed in 2024-05-01 11:22 UTC, late" in text
    markdown = learner_markdown(learner_words(submission, COURSE, {}), COURSE.title).replace("\\", "")
    assert "Handed in 2024-05-01 11:22 UTC, late" in markdown
    assert "Handed in" not in page(learner(result("mae", check("a"))))


HOSTILE = "def mae(a, b):\n    return '</span><script>alert(1)</script>\x1b[31m\u202e'\n\n\nx = 1\n"


def source(*cells: Cell, **more: object) -> Source:
    return replace(Source("mae", "found", cells, path="mae.py"), **more)


def test_the_code_stands_beside_the_remarks_as_text_with_the_line_that_is_spoken_of() -> None:
    message = "mae.py, line 2: SyntaxError: unterminated string literal"
    wrong = result("mae", check("a", "failed", why="no"), message=message)
    text = page(learner(wrong), {"mae": source(Cell("mae.py", HOSTILE))})
    assert "<script" not in text
    assert "&lt;/span&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[31m\\u202e" in text
    (told,) = re.findall(r'<span class="told">(.*?)</span>', text, re.DOTALL)
    assert told.startswith("    return")
    assert text.count("Your code for mae") == 1


def test_of_a_notebook_the_cells_of_the_exercise_are_shown() -> None:
    cells = (
        Cell("cell 2", "import numpy"),
        Cell("cell 5", "def mae(a, b):\n    return 1"),
        Cell("cell 7", "other = 2"),
    )
    text = page(learner(result("mae", check("a", "failed"))), {"mae": source(*cells)})
    assert "cell 5" in text
    assert "cell 2" not in text
    assert "other = 2" not in text


@pytest.mark.parametrize(
    ("one", "handed_in"),
    [
        (result("mae", check("a")), {"mae": source(Cell("mae.py", HOSTILE))}),
        (result("mae", check("a", "failed")), {}),
        (result("mae", status="missing"), {"mae": Source("mae", "missing")}),
        (result("gone", check("a", "failed")), {"gone": source(Cell("gone.py", HOSTILE))}),
    ],
)
def test_no_code_is_shown_where_nothing_is_to_mend_or_nothing_is_there(
    one: ExerciseResult, handed_in: dict[str, Source]
) -> None:
    assert "Your code for" not in page(learner(one), handed_in)


def test_long_code_is_cut_and_says_so() -> None:
    text = page(learner(result("mae", check("a", "failed"))), {"mae": source(Cell("mae.py", "def mae(a): 0\n" * 500))})
    assert "and 350 more lines" in text
    wide = page(
        learner(result("mae", check("a", "failed"))), {"mae": source(Cell("mae.py", f"def mae(a): {'1' * 9999}"))}
    )
    assert len(wide) < 20_000


def test_the_candidate_that_was_worked_on_is_shown(tmp_path: Path) -> None:
    stub = tmp_path / "exercises" / "m05_losses" / "mae.py"
    stub.parent.mkdir(parents=True)
    stub.write_text("def mae(a, b):\n    raise NotImplementedError\n", encoding="utf-8")
    course = made_course(tmp_path)
    mine = source(Cell("cell 3", "def mae(a, b):\n    return a"))
    both = source(Cell("mae.py", stub.read_text(encoding="utf-8")), fallbacks=(mine,))
    words = learner_words(learner(result("mae", check("a", "failed"))), course, {}, {"mae": both})
    assert [listing.label for listing in words.exercises[0].code] == ["cell 3"]


def test_forty_exercises_have_a_list_to_jump_and_what_was_not_begun_is_a_line(tmp_path: Path) -> None:
    course = big_course()
    run = big_run(course)
    folder = feedback.write_all(run, course, tmp_path, {}, lambda student: sources(course))
    submission = next(one for one in run.submissions if 10 < sum(r.status == "graded" for r in one.exercises) < 35)
    text = (folder / f"{feedback.file_stem(submission.student)}.html").read_text(encoding="utf-8")
    targets = re.findall(r'href="#(e\d+)"', text)
    assert len(set(targets)) == 53
    assert all(text.count(f'id="{target}"') == 1 for target in targets)
    begun = sum(one.status in ("graded", "unreadable", "grader_error") for one in submission.exercises)
    assert text.count("<article") == begun
    assert len(re.findall(r'<li id="e\d+">', text)) == 53 - begun
    assert [text.index(module.title) for module in course.modules] == sorted(
        text.index(module.title) for module in course.modules
    )
