"""The example class, as it is read: every hand-in is found, and the messy ones come with their remarks."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from winnow.submission import Submission, find_submissions, imports, read_submission

from ..support.submission_course import EXERCISES

CLASS = Path(__file__).parents[2] / "examples" / "class"
TRUTH = tomllib.loads((CLASS / "truth.toml").read_text(encoding="utf-8"))
PATHS = dict(find_submissions(CLASS))


def read(student: str) -> Submission:
    return read_submission(student, PATHS[student], EXERCISES)


def test_every_learner_is_found() -> None:
    assert list(PATHS) == sorted(TRUTH)


@pytest.mark.parametrize("student", sorted(TRUTH))
def test_exactly_what_was_not_handed_in_is_missing(student: str) -> None:
    statuses = {name: source.status for name, source in read(student).sources.items()}
    missing = {name for name, entry in TRUTH[student].items() if entry["verdict"] == "missing"}
    assert statuses == {name: "missing" if name in missing else "found" for name in statuses}


@pytest.mark.parametrize(
    ("student", "exercise", "notes"),
    [
        ("s32", "mae", ("mae.py is saved as cp949, not UTF-8: line 5; re-save it as UTF-8",)),
        ("s32", "groupby_na", ("groupby_na.py is saved as cp949, not UTF-8: line 5; re-save it as UTF-8",)),
        ("s32", "mlp_forward", ()),
        ("s33", "mae", ()),
        ("s33", "mlp_forward", ("mlp_forward.py is saved as UTF-16, not UTF-8; re-save it as UTF-8",)),
        ("s31", "groupby_na", ()),
        ("s36", "groupby_na", ("found as GroupBy_NA.py: name the file groupby_na.py",)),
        ("s27", "mae", ("mae is also in assignment.ipynb; mae.py is graded",)),
    ],
)
def test_messy_files_come_with_the_right_remark(student: str, exercise: str, notes: tuple[str, ...]) -> None:
    assert read(student).sources[exercise].notes == notes


def test_empty_and_deep_files_are_remarked() -> None:
    sources = read("s34").sources
    assert sources["groupby_na"].notes[0] == "groupby_na.py is empty: did the upload fail?"
    assert sources["mae"].notes[0].endswith("put the files at the top of the folder")


def test_the_notebook_beside_a_stub_is_kept_in_reserve() -> None:
    source = read("s27").sources["mlp_forward"]
    assert source.path == "mlp_forward.py"
    assert [other.path for other in source.fallbacks] == ["assignment.ipynb"]


def test_the_cell_that_a_message_will_name_has_its_number() -> None:
    cells = {cell.label: cell.source for cell in read("s26").sources["groupby_na"].cells}
    assert cells["cell 7"].startswith("sales = pd.read_csv('data/sales_2024.csv')")
    assert "while loss > 0" in {cell.label: cell.source for cell in read("s28").sources["mae"].cells}["cell 7"]


def test_imports_choose_the_process_with_torch_for_a_learner_who_uses_it() -> None:
    assert imports(read("s35").sources["mae"]) == {"torch", "numpy"}
    assert imports(read("s38").sources["robust_losses"]) == {"numpy", "tensorflow"}
    assert imports(read("s29").sources["mae"]) == {"numpy", "pandas", "torch"}
