"""Which of several files is graded for an exercise, and what the learner is told about it."""

from __future__ import annotations

import unicodedata
from base64 import b64decode
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

import pytest

from winnow.submission import Cell, Source, beside, imports, model, near_by, reading
from winnow.submission.names import closeness, has_near_name

from ..support.submission_course import EXERCISES, MAE, notebook, submit, text_of

STUB = "def mae(y_true, y_pred):\n    raise NotImplementedError\n"


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("mae.py", ()),
        ("MAE.py", ("found as MAE.py: name the file mae.py",)),
        ("mae.PY", ("found as mae.PY: name the file mae.py",)),
        ("mae (1).py", ("found as mae (1).py: name the file mae.py",)),
        ("mae-2.py", ("found as mae-2.py: name the file mae.py",)),
        ("mae - Copy (3).py", ("found as mae - Copy (3).py: name the file mae.py",)),
        ("Copy of mae.py", ("found as Copy of mae.py: name the file mae.py",)),
        ("mae.py.txt", ("found as mae.py.txt: name the file mae.py",)),
        ("m05_losses/mae.py", ()),
        ("a/b/mae.py", ("found as a/b/mae.py: put the files at the top of the folder",)),
        ("homework.py", ("found in homework.py: name the file mae.py",)),
    ],
)
def test_the_file_is_found_under_names_that_learners_use(tmp_path: Path, name: str, notes: tuple[str, ...]) -> None:
    source = submit(tmp_path / "kim", {name: MAE}).sources["mae"]
    assert source.cells == (Cell(name.split("/")[-1], MAE),)
    assert source.path == name
    assert source.notes == notes


@pytest.mark.parametrize("name", ["maestro.py", "test_mae.py", "mae_plot.py"])
def test_other_files_are_no_hand_in(tmp_path: Path, name: str) -> None:
    source = submit(tmp_path / "kim", {name: "def test_mae(mae): ...\n"}).sources["mae"]
    assert source.status == "missing"
    assert source.message == ("nothing was handed in for mae; hand in mae.py, or a notebook that defines mae")


def test_a_check_is_no_hand_in_even_with_the_function_in_it(tmp_path: Path) -> None:
    assert submit(tmp_path / "kim", {"test_mae.py": MAE}).sources["mae"].status == "missing"


def test_names_are_compared_in_one_unicode_form() -> None:
    assert closeness(unicodedata.normalize("NFD", "mae - 복사본.py"), "mae") == 2


def test_the_function_of_another_exercise_is_no_misspelling() -> None:
    assert has_near_name(["mae_grad"], ["mae"], set())
    assert not has_near_name(["mae_grad"], ["mae"], {"mae", "mae_grad"})


@pytest.mark.parametrize("name", ["mean_absolute_error", "meanAbsoluteError", "Mean_Absolute_Error", "M_A_E"])
def test_a_name_in_full_is_near_its_first_letters(name: str) -> None:
    assert has_near_name([name], ["mae"], set())
    assert not has_near_name([name], ["mse"], set())
    assert not has_near_name([name], ["ma"], set())


def test_a_file_of_the_right_name_and_the_wrong_kind_is_pointed_out(tmp_path: Path) -> None:
    source = submit(tmp_path / "kim", {"mae.txt": MAE}).sources["mae"]
    assert source.message == "nothing was handed in for mae; found mae.txt: name the file mae.py"
    source = submit(tmp_path / "lee", {"mae.pyc": b"\xa7\r\r\n"}).sources["mae"]
    assert source.message == "nothing was handed in for mae; found mae.pyc: hand in the code itself, as mae.py"


def test_the_named_file_comes_first_then_the_notebook_then_other_files(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"z.py": MAE + "z = 1", "a.ipynb": notebook(MAE + "a = 1")}
    assert submit(tmp_path / "kim", files).sources["mae"].path == "a.ipynb"
    source = submit(tmp_path / "kim", files | {"old/mae.py": MAE + "o = 1", "mae (1).py": STUB}).sources["mae"]
    assert source.path == "mae (1).py"
    assert [other.path for other in source.fallbacks] == ["old/mae.py", "a.ipynb", "z.py"]
    assert source.notes[-1] == "mae is also in old/mae.py, a.ipynb, z.py; mae (1).py is graded"
    assert text_of(source.fallbacks[0]) == MAE + "o = 1"


@pytest.mark.parametrize(
    ("earlier", "latest"),
    [
        ("mae_v1.py", "mae_v2.py"),
        ("mae_v9.py", "mae_v10.py"),
        ("mae (1).py", "mae (2).py"),
        ("hw-1.ipynb", "hw-2.ipynb"),
        ("Version 1/mae.py", "Version 2/mae.py"),
        ("2024-05-01/mae.py", "2024-05-12/mae.py"),
    ],
)
def test_of_several_versions_the_latest_is_graded(tmp_path: Path, earlier: str, latest: str) -> None:
    files = {name: notebook(code) if name.endswith(".ipynb") else code
             for name, code in ((earlier, STUB), (latest, MAE))}  # fmt: skip
    source = submit(tmp_path / "kim", dict(files)).sources["mae"]
    assert source.path == latest
    assert source.notes[-1] == f"mae is also in {earlier}; {latest} is graded"


def test_a_copy_of_the_same_text_is_no_second_candidate(tmp_path: Path) -> None:
    source = submit(tmp_path / "kim", {"mae.py": MAE, "mae (1).py": MAE, "old/mae.py": MAE}).sources["mae"]
    assert source.notes == ("mae (1).py, old/mae.py: the same as mae.py, which is graded",)
    assert source.fallbacks == ()


def test_an_empty_or_unreadable_file_gives_way_with_a_remark(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"mae.py": "", "all.ipynb": notebook(MAE)}
    source = submit(tmp_path / "kim", files).sources["mae"]
    assert (source.path, source.notes) == ("all.ipynb", ("mae.py is empty: did the upload fail?",))
    source = submit(tmp_path / "lee", files | {"mae.py": b"%PDF-"}).sources["mae"]
    assert (source.path, source.notes) == ("all.ipynb", ("mae.py is a PDF, not text: hand in the code itself",))


def test_an_unreadable_notebook_leaves_the_files_beside_it_alone(tmp_path: Path) -> None:
    submission = submit(tmp_path / "kim", {"mae.py": MAE, "all.ipynb": notebook(MAE)[:-9]})
    assert submission.sources["mae"].status == "found"
    assert submission.sources["groupby_na"].status == "unreadable"
    assert submission.sources["groupby_na"].message == submission.notes[0]


def test_one_file_for_all_exercises_is_enough(tmp_path: Path) -> None:
    submission = submit(tmp_path / "kim.py", MAE + "class groupby_na: ...\nhuber: object = print\n")
    found = {name: source.status for name, source in submission.sources.items()}
    assert found == {"mae": "found", "robust_losses": "found", "groupby_na": "found", "mlp_forward": "missing"}
    assert submission.sources["mae"].notes == ()


def test_all_code_cells_of_the_notebook_are_the_source(tmp_path: Path) -> None:
    submission = submit(tmp_path / "kim.ipynb", notebook("import numpy as np", MAE, "def groupby_na(): ..."))
    assert [cell.label for cell in submission.sources["mae"].cells] == ["cell 1", "cell 2", "cell 3"]
    assert submission.sources["groupby_na"].cells == submission.sources["mae"].cells
    assert submission.sources["mlp_forward"].status == "missing"


@pytest.mark.parametrize("name", ["mae_loss", "my_mae", "MAE", "mlp_foward", "logcosh", "groupbyna"])
def test_a_misspelt_function_in_a_notebook_is_found_so_that_the_report_can_name_it(tmp_path: Path, name: str) -> None:
    submission = submit(tmp_path / "kim.ipynb", notebook(f"def {name}(a, b):\n    return 0"))
    assert [source.status for source in submission.sources.values()].count("found") == 1


@pytest.mark.parametrize(
    "cell", ["def mse(y, y_hat): ...", "def test_mae(): ...", "def mase(): ...", "print(mae(1, 2))"]
)
def test_another_name_is_no_misspelling_of_mae(tmp_path: Path, cell: str) -> None:
    assert submit(tmp_path / "kim.ipynb", notebook(cell)).sources["mae"].status == "missing"


def test_a_helper_in_the_file_of_another_exercise_hands_in_nothing(tmp_path: Path) -> None:
    sources = submit(tmp_path / "kim", {"mae.py": MAE + "def mse(y, y_hat): ..."}).sources
    assert sources["robust_losses"].status == "missing"


def test_a_variable_beside_the_real_function_is_no_other_candidate(tmp_path: Path) -> None:
    source = submit(tmp_path / "kim", {"mae.py": MAE, "plots.ipynb": notebook("mae = 3"), "x.py": "mae = 4"}).sources[
        "mae"
    ]
    assert source.notes == source.fallbacks == ()
    assert submit(tmp_path / "lee", {"plots.ipynb": notebook("mae = 3")}).sources["mae"].status == "found"


def test_a_notebook_saved_under_a_name_in_py_is_a_notebook(tmp_path: Path) -> None:
    source = submit(tmp_path / "kim", {"mae.py": notebook("import os", MAE)}).sources["mae"]
    assert [cell.label for cell in source.cells] == ["cell 1", "cell 2"]


def test_the_digest_follows_the_content_and_not_the_learner(tmp_path: Path) -> None:
    first = submit(tmp_path / "kim", {"mae.py": MAE})
    assert first.digest == submit(tmp_path / "lee", {"mae.py": MAE, "notes.txt": "hello"}).digest
    digests = {first.digest}
    for number, files in enumerate(
        ({"mae.py": MAE + "\n"}, {"MAE.py": MAE}, {"mlp_forward.py": MAE}, {"mae.py": MAE, "a.ipynb": notebook(STUB)})
    ):
        digests.add(submit(tmp_path / str(number), dict(files)).digest)
    assert len(digests) == 5


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import torch", {"torch"}),
        ("import a.b as c, d,e as f  # , g", {"a", "d", "e"}),
        ("from x.y import z, w", {"x"}),
        ("from . import u\nfrom .v import w\nfrom __future__ import annotations", {"__future__"}),
        ("def f():\n\timport torch.nn as nn\n    from pandas import NA", {"torch", "pandas"}),
        ("try: import scipy\nexcept ImportError: scipy = None; import math", {"scipy", "math"}),
        ("import a, \\\n    b", {"a", "b"}),
        ("torch = __import__('torch'); importlib.import_module(\"pandas.api\")", {"torch", "pandas"}),
        ("x = 'an import of goods'\n# import torch\nimportant = 1\nreimport = 2", set()),
        ("import ,;import 3\nfrom import import", set()),
    ],
)
def test_imports_are_read_from_text(code: str, names: set[str]) -> None:
    assert imports(Source("mae", "found", (Cell("mae.py", "x = 1"), Cell("cell 2", code)))) == names


def test_a_file_that_answers_everything_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four megabytes of code for forty exercises took 18 s of the process that grades the class."""
    read: list[str] = []

    def imported(source: str) -> frozenset[str] | None:
        read.append(source)
        return beside.imported(source)

    monkeypatch.setattr(near_by, "imported", imported)
    every = "".join(f"def {name}(): ...\n" for one in EXERCISES for name in one.functions)
    files = {f"{name}.py": f"from b import x\n{every}# {name}\n" for name in "abc"}
    model._text_digest.cache_clear()
    submission = submit(tmp_path / "kim", dict(files))
    assert [len(source.fallbacks) for source in submission.sources.values()] == [2] * len(EXERCISES)
    assert sorted(read) == sorted(files.values())
    assert model._text_digest.cache_info().misses == len(files) + 1


def test_misspelt_functions_are_looked_for_in_some_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred small files with a hundred names each took 14 s."""
    asked: list[tuple[str, ...]] = []

    def near(names: Iterable[str], functions: Sequence[str], taken: Container[str]) -> bool:
        asked.append(tuple(names))
        return has_near_name(names, functions, taken)

    monkeypatch.setattr(reading, "has_near_name", near)
    submission = submit(tmp_path / "kim", {f"{name:03}.py": f"def mlp_foward{name}(): ...\n" for name in range(150)})
    assert submission.sources["mlp_forward"].path == "000.py"
    assert len(list(filter(None, asked))) == reading.NEAR * len(EXERCISES)
    files = {f"{exercise.id}.py": "def other(): ...\n" for exercise in EXERCISES}
    asked.clear()
    submission = submit(tmp_path / "lee", files | {"z.py": "def mlp_foward(): ...\n"})
    assert ("mlp_foward",) in asked


def test_files_that_an_answer_may_open_lie_beside_it(tmp_path: Path) -> None:
    """As far as its text names them; of one notebook, those in its folder."""
    names = "cfg.json, data/x.csv, w.npy, large.txt, helper.py, hw.ipynb"
    content = notebook(f"from helper import *\nnames = '{names}'\nopen('data/my data')", MAE)
    files = {
        "hw.ipynb": content.encode(), "helper.py": b"import other\n", "other.py": b"'more.txt'\n", "more.txt": b"",
        "cfg.json": "\N{SNOWMAN}\r\n".encode(), "data/x.csv": b"1,2", "w.npy": b"\x93NUMPY\0", "data/my data": b"\xff",
        "large.txt": bytes(b"x" * (near_by.DATA_BYTES + 1)), "unnamed.json": b"{}",
    }  # fmt: skip
    for name, raw in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    one_file = reading.read_one_file("kim", tmp_path / "hw.ipynb", content.encode(), EXERCISES)
    for found in (reading.read_submission("kim", tmp_path, EXERCISES), one_file):
        beside = {cell.label: cell for cell in found.sources["mae"].beside}
        named = ["cfg.json", "data/my data", "data/x.csv", "helper.py", "more.txt", "other.py", "w.npy"]
        assert sorted(beside) == named
        assert beside["cfg.json"].source == "\N{SNOWMAN}\r\n"
        assert b64decode(beside["w.npy"].encoded) == b"\x93NUMPY\0"
        told = ("large.txt is not beside the code when it is graded: it may open 20 files, of 1.0 MB together",)
        assert found.sources["mae"].notes == (told if found is not one_file else ())
