"""What a run leaves for learners of any name: everybody is in every file, and no two share one."""

from __future__ import annotations

import csv
import gc
import json
import shutil
import unicodedata
import weakref
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from winnow import record_file
from winnow.commands.publish import publish
from winnow.course import Course
from winnow.exports import FORMATS, export
from winnow.feedback.naming import file_stem
from winnow.feedback.visible import one_line, visible
from winnow.grading.run import Graded
from winnow.record import RunResult, SubmissionResult
from winnow.store import Store

from ..support.class_tools import benchmark

SIZE = 300
TOOL = benchmark("memory")
NAMES: list[str] = TOOL.names(SIZE)
SHOWN = [one_line(name) for name in NAMES]


class Counted(Graded):
    """A store's learners that count how often they are read."""

    reads = 0

    def _read(self, student: str) -> SubmissionResult:
        self.reads += 1
        return super()._read(student)


@pytest.fixture(scope="module")
def out(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    store = Store(folder / "winnow.sqlite")
    TOOL.fill(store, course_of_four, SIZE)
    entries = [(name, folder / "nowhere") for name in NAMES]
    graded = Counted(course_of_four, entries, store)
    run = RunResult(("seccomp",), graded, remarks=("a rémark",), versions={"python": "3.11.0"})
    recorded = publish(run, course_of_four, entries, folder, sources=False)
    assert graded.reads == SIZE
    assert list(recorded.submissions) == list(graded)
    store.close()
    return folder


def test_the_names_are_what_they_are_for() -> None:
    assert len(set(NAMES)) == SIZE
    assert len({unicodedata.normalize("NFC", name) for name in NAMES}) < SIZE
    assert len({name.casefold() for name in NAMES}) < SIZE


def test_the_record_has_everybody_and_is_read_back_as_it_was(out: Path) -> None:
    text = (out / "results.json").read_text(encoding="utf-8")
    assert [one["student"] for one in json.loads(text)["submissions"]] == NAMES
    run = record_file.load(out / "results.json")
    assert (run.sandbox, run.remarks, len(run.submissions)) == (("seccomp",), ("a rémark",), SIZE)
    assert run.versions == {"python": "3.11.0"}
    assert "".join(record_file.pieces(run)) == text
    assert [run.submissions[-1], *run.submissions[2:4]] == [list(run.submissions)[at] for at in (-1, 2, 3)]


def test_learners_are_left_in_the_file_until_they_are_asked_for(out: Path) -> None:
    run = record_file.load(out / "results.json")
    seen: list[weakref.ref[SubmissionResult]] = []
    for submission in run.submissions:
        seen.append(weakref.ref(submission))
    gc.collect()
    del submission
    assert len(seen) == SIZE
    # The record may keep the one that it read last.
    assert sum(one() is not None for one in seen) <= 1


def test_a_record_that_is_replaced_meanwhile_is_read_to_its_end(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    shutil.copy(out / "results.json", path)
    run = record_file.load(path)
    record_file.write(RunResult((), run.submissions[:1]), path)
    assert [one.student for one in run.submissions] == NAMES
    assert [one.student for one in record_file.load(path).submissions] == NAMES[:1]


def test_a_record_that_another_program_laid_out_is_read_as_well(out: Path, tmp_path: Path) -> None:
    run = record_file.load(out / "results.json")
    for indent in (None, 4):
        moved = tmp_path / "moved.json"
        moved.write_text(json.dumps(json.loads((out / "results.json").read_text("utf-8")), indent=indent))
        assert list(record_file.load(moved).submissions) == list(run.submissions)


def first_column(path: Path) -> list[str]:
    return column(path, 0)


def column(path: Path, at: int) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[at].removeprefix("'") for row in csv.reader(file, strict=True)]


def names_in(path: Path, to: str) -> list[str]:
    """The learners that an export names, in its order."""
    if to == "junit":
        return [suite.get("name", "") for suite in ElementTree.parse(path).iter("testsuite")]
    # Moodle's worksheet finds a learner by a number of its own, and has the name behind it.
    return column(path, 1 if to == "moodle-worksheet" else 0)[2 if to == "canvas" else 1 :]


def test_everybody_has_a_row_and_a_page_of_their_own(out: Path) -> None:
    assert first_column(out / "grades.csv")[1:] == SHOWN
    pages = {path.name for path in (out / "feedback").iterdir()}
    assert pages == {f"{file_stem(name)}{suffix}" for name in NAMES for suffix in (".md", ".html")}
    # Windows and macOS take names for the same that differ in case or in how a letter is put together.
    assert len({unicodedata.normalize("NFKD", page).casefold() for page in pages}) == 2 * SIZE
    assert max(len(page.encode()) for page in pages) < 255
    report = unescape((out / "report.html").read_text(encoding="utf-8"))
    assert not [name for name in NAMES if visible(name) not in report]
    assert report.count('href="feedback/') >= SIZE


@pytest.mark.parametrize("to", sorted(FORMATS))
def test_every_export_has_everybody(course_of_four: Course, out: Path, tmp_path: Path, to: str) -> None:
    written = export(record_file.load(out / "results.json"), course_of_four, to, tmp_path / "export")
    if to == "json":
        assert written.read_bytes() == (out / "results.json").read_bytes()
    elif written.is_dir():
        assert {path.name for path in written.iterdir()} == {f"{file_stem(name)}.json" for name in NAMES}
    else:
        assert [name.removeprefix("'") for name in names_in(written, to)] == SHOWN
