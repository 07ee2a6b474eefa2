"""Reading a submission takes the process that grades a class so much work at most, whatever was handed in."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from winnow.course import load
from winnow.grading.quizzes import Quizzes
from winnow.submission import Submission, imports, reading
from winnow.submission.files import File, Files, list_files
from winnow.submission.room import STEPS, Room, of_decoding, of_notebook, tokens_in

from ..support.submission_course import EXERCISES, MAE, code_cell, notebook, submit, zipped

ROOT = Path(__file__).parents[2]
CALLS = 3_000_000
"""Of functions, in Python and in C: a second has more of them."""

COURSE = load(ROOT)
QUIZZES = Quizzes(COURSE, b"secret", ["kim"])
QUESTIONS = [question for quiz in QUIZZES.asked for question in sorted(quiz.questions)]
ALL = "".join(f"def {name}(): ...\n" for exercise in COURSE.exercises for name in exercise.functions)
ANSWERED = "".join(f"answer_{name} = 1\n" for name in QUESTIONS)


def code(*sources: str) -> str:
    return notebook(*(code_cell(source) for source in (ALL, *sources)))


def beside(value: str) -> str:
    """A notebook with one more entry."""
    return f'{code()[:-1]}, "more": {value}}}'


def answering(text: str) -> dict[str, str]:
    return {"all.ipynb": code(ANSWERED, *[text] * 9)}


def archives() -> dict[str, bytes]:
    packed = zipped(dict.fromkeys((f"f{number}.py" for number in range(4_999)), ""))
    return {f"{number}.zip": packed for number in range(5)}


HOSTILE: dict[str, Callable[[], dict[str, Any]]] = {
    "small cells": lambda: {"all.ipynb": notebook(*[code_cell("x")] * 1_999, *[{"cell_type": "raw"}] * 100_000)},
    "keys": lambda: {"all.ipynb": beside(json.dumps(dict.fromkeys(map(str, range(1_000_000)), 1)))},
    "short lines of magics": lambda: {"all.ipynb": code(*["%a\n" * 85_000] * 3)},
    "short lines": lambda: {f"{name}.py": f"#{name}\n{ALL}!\n" + "a\n" * 500_000 for name in range(4)},
    "files that import one another": lambda: {
        f"s{name}.py": "".join(f"import s{other}\n" for other in range(200)) + ALL + f"#{name}\n" + "import x\n" * 1_500
        for name in range(200)
    },
    "answers with brackets": lambda: answering("answer_a = [" + "1," * 49_000),
    "answers to calculate": lambda: answering("answer_a = 1+1\n" * 6_600),
    "answers in files": lambda: {
        f"{quiz.module}/quiz_answers.toml": "".join(f"{name} = 1\n" for name in sorted(quiz.questions))
        + "".join(f"a{number} = x\n" for number in range(5_000))
        for quiz in QUIZZES.asked
    },
    "a page of tags": lambda: {f"{name}/onlinetext.html": "<b>" * 340_000 for name in range(60)},
    "archives": archives,
}  # fmt: skip


def calls(run: Callable[[], object]) -> int:
    """How many functions are called, those of libraries in C included."""
    count = 0

    def counts(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counts)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_reading_and_scoring_take_so_many_calls(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "kim"
    for name, content in HOSTILE[kind]().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def run() -> None:
        submission = reading.read_submission("kim", folder, COURSE.exercises, QUIZZES.asked)
        for exercise in COURSE.exercises:
            imports(submission.sources[exercise.id])
        for name in QUIZZES.keys(submission):
            QUIZZES.score(submission, name)

    assert calls(run) < CALLS


def with_room(monkeypatch: pytest.MonkeyPatch, steps: float) -> list[Files]:
    """What is listed from now on, each with so many steps."""
    seen: list[Files] = []

    def listed(*where: Any) -> Files:
        seen.append(list_files(*where))
        seen[-1].room.left = steps
        return seen[-1]

    monkeypatch.setattr(reading, "list_files", listed)
    return seen


def test_all_notebooks_together_have_room_for_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller file is still read where a larger one was refused."""
    text = notebook("x = 1" * 200)
    raw = text.encode()
    room = Room()
    reading.read_notebook(raw, "a.ipynb", room)
    with_room(monkeypatch, 2.5 * (STEPS - room.left + of_notebook(raw) + 50))
    submission = submit(tmp_path / "kim", {f"{name}.ipynb": text for name in "abcd"} | {"homework.py": MAE})
    assert [note.partition(" ")[0] for note in submission.notes] == ["c.ipynb", "d.ipynb"]
    assert all("too much" in note for note in submission.notes)
    assert submission.sources["mae"].path == "homework.py"


def test_what_does_not_fit_is_unreadable_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_room(monkeypatch, 100_000)
    submission = submit(
        tmp_path / "kim", {"mae.py": MAE, "mlp_forward.py": "def mlp_forward():\n" + "    x = [1] % 2\n" * 9000}
    )
    assert submission.sources["mae"].status == "found"
    told = submission.sources["mlp_forward"]
    assert (told.status, told.message) == (
        "unreadable", "mlp_forward.py was not read: there is too much; hand in only your code"
    )  # fmt: skip


def test_forty_right_answers_and_a_notebook_of_them_take_an_eighth_of_the_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {exercise.id: exercise.solution.read_text(encoding="utf-8") for exercise in COURSE.exercises}
    stubs = {exercise.id: exercise.stub.read_text(encoding="utf-8") for exercise in COURSE.exercises}
    folder = tmp_path / "kim"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(stubs[name] + text, encoding="utf-8")
    cells = [ANSWERED, *(stubs[name] + text for name, text in texts.items())]
    (folder / "all.ipynb").write_text(notebook(*cells), encoding="utf-8")
    seen = with_room(monkeypatch, STEPS)
    submission: Submission = reading.read_submission("kim", folder, COURSE.exercises, QUIZZES.asked)
    assert {source.status for source in submission.sources.values()} == {"found"}
    assert seen[0].room.left > 0.875 * STEPS


def test_bytes_beyond_those_of_a_hand_in_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two megabytes of an archive unpacked to twenty files of a hundred."""
    unpacked: list[str] = []

    def read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
        unpacked.append(info.filename)
        return b"[" + b" " * (info.file_size - 1)

    from winnow.submission import files

    monkeypatch.setattr(files, "_read_member", read)
    with zipfile.ZipFile(tmp_path / "kim.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.ipynb", bytes(50 << 20))
    found = reading.read_submission("kim", tmp_path / "kim.zip", EXERCISES)
    assert unpacked == ["0.ipynb", "1.ipynb"]
    assert found.sources["mae"].status == "unreadable"


def test_quotes_within_strings_are_no_strings() -> None:
    raw = json.dumps({"text/html": ['<a href="x">' * 1000]}).encode()
    assert tokens_in(raw) < 10
    assert tokens_in(json.dumps({"a": ["\\"] * 1000}).encode()) > 900
    assert of_decoding(b"a" * 100) < of_decoding("가".encode() * 100)


def test_a_file_larger_than_its_limit_takes_no_step() -> None:
    files = Files([File(("a.py",), 10, lambda limit: bytes(10))])
    with pytest.raises(reading.Unreadable):
        files.read(files.files[0], 5)
    assert files.room.left == STEPS
