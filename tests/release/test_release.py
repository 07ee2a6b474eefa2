"""What learners get: it works in an empty folder, holds nothing hidden, and never overwrites their work."""

from __future__ import annotations

import builtins
import io
import json
import shutil
import subprocess
import symtable
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from winnow.course import Course, CourseError, load
from winnow.release import Bundle, build_wheel, bundle, unpack
from winnow.release.ways import ways
from winnow.submission import read_submission

from ..support.learners_copy import ENVIRONMENT, run
from ..support.part_of_course import ROOT
from ..support.small_course import FILES, make

CANARY = "canary_7d1f0c"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make(tmp_path / "course", {**FILES, "solutions/m01/quiz.toml": f'"{CANARY}" = 1\n'})


def contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and whatever is packed in it, unpacked."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.namelist():
                yield from contents(f"{name}/{entry}", archive.read(entry))


def test_nothing_hidden_is_in_any_file_packed_or_not(course: Course, tmp_path: Path, wheel: Path) -> None:
    for tree in ("graders", "solutions"):
        for path in (course.root / tree).rglob("*"):
            if path.is_file():
                path.write_text(path.read_text() + f"\n# {CANARY}\n")
        (course.root / tree / "m01" / "notes.md").write_text(CANARY)
    (course.root / "graders" / "secret.txt").write_text(CANARY)
    stray = course.root / "exercises" / "m01"
    for name in ("my_solution.py", "quiz_answers.toml", "double.py.bak"):
        (stray / name).write_text(CANARY)
    (stray / "README.md").symlink_to(course.root / "graders" / "m01" / "notes.md")
    (stray / "__pycache__").mkdir()
    (stray / "__pycache__" / "double.cpython-311.pyc").write_text(CANARY)
    made = bundle(course, CANARY.encode(), wheel)
    unpack(made, tmp_path / "copy")
    names = []
    for path in sorted((tmp_path / "copy").rglob("*")):
        if path.is_file():
            for name, content in contents(path.relative_to(tmp_path / "copy").as_posix(), path.read_bytes()):
                names.append(name)
                assert CANARY.encode() not in content, name
                assert not {"graders", "solutions"} & set(Path(name).parts), name
    assert any(name.endswith(".whl/winnow/cli.py") for name in names)
    assert "exercises/m01/double.py" in names
    assert made.left_out == ("m01/README.md", "m01/double.py.bak", "m01/my_solution.py")


RIGHT_ANSWERS = f'''
import math
import sys

SCALE = 2


def _scaled(x):
    return SCALE * x


def _unused():
    return "{CANARY} of a helper"


def double_by_sum(x):
    """{CANARY}: a number and itself."""
    return math.fsum([x, x])


def double_by_scale(x):
    return _scaled(x)


def half_by_shift(x):
    return x / 2.0
'''


def test_right_answers_leave_only_where_the_course_says_so(tmp_path: Path, wheel: Path) -> None:
    course = make(tmp_path / "course", {**FILES, "graders/m01/double_right.py": RIGHT_ANSWERS})
    given = bundle(course, b"secret", wheel)
    assert not any(CANARY.encode() in content for content in given.files.values())
    assert not any(path.startswith(".winnow/compare") for path in given.files)
    catalogue = course.root / "exercises" / "course.toml"
    text = catalogue.read_text()
    unpack(given, tmp_path / "copy")
    for allowed in (
        text.replace('id = "m01"', 'id = "m01"\ncompare = true', 1), "compare = true\n" + text,
    ):  # fmt: skip
        catalogue.write_text(allowed)
        allowing = bundle(load(course.root), b"secret", wheel)
        assert set(allowing.files) - set(given.files) == {".winnow/compare/m01/double.json"}
        unpack(allowing, tmp_path / "copy")
        given_out = json.loads((tmp_path / "copy/.winnow/compare/m01/double.json").read_text())
        assert given_out["shared"] == "import math\n\nSCALE = 2\n\ndef _scaled(x):\n    return SCALE * x"
        assert [one["says"] for one in given_out["ways"]] == [f"{CANARY}: a number and itself.", "By scale."]
        assert given_out["ways"][0]["code"] == "def double_by_sum(x):\n    return math.fsum([x, x])"
    catalogue.write_text("compare = true\n" + text.replace('id = "m01"', 'id = "m01"\ncompare = false', 1))
    unpack(bundle(load(course.root), b"secret", wheel), tmp_path / "copy")
    assert not (tmp_path / "copy/.winnow/compare/m01/double.json").exists()


def wanted(scope: symtable.SymbolTable) -> set[str]:
    """The global names that a piece of code uses."""
    own = {one.get_name() for one in scope.get_symbols() if one.is_global()}
    return own.union(*map(wanted, scope.get_children()))


def test_other_ways_of_the_course_run_by_themselves_and_say_what_is_peculiar() -> None:
    for exercise in load(ROOT).exercises:
        made = ways(exercise)
        assert made is not None
        assert 2 <= len(made["ways"]) <= 3
        names: dict[str, object] = {}
        for text in (made["shared"], *(one["code"] for one in made["ways"])):
            exec(compile(text, exercise.id, "exec"), names)
        defined = set(names) | set(vars(builtins))
        for one in made["ways"]:
            (top,) = symtable.symtable(one["code"], exercise.id, "exec").get_children()
            assert wanted(top) <= defined, exercise.id


def test_the_search_for_canaries_finds_one_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", CANARY)
    found = dict(contents("a.zip", (tmp_path / "a.zip").read_bytes()))
    assert CANARY.encode() in found["a.zip/inner.txt"]


def test_the_wheel_has_its_types_and_the_learners_plugin(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        points = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert "winnow/py.typed" in names
    assert "[pytest11]\nwinnow = winnow.learner.plugin" in points


def test_an_exercise_that_is_written_out_is_not_released(course: Course, wheel: Path) -> None:
    shutil.copy(course.exercise("double").solution, course.exercise("double").stub)
    with pytest.raises(CourseError, match=r"exercises/m01/double.py has double, half written out"):
        bundle(course, b"", wheel)


def test_what_a_learner_edited_is_kept_and_what_was_not_is_brought_up_to_date(tmp_path: Path) -> None:
    first = Bundle({"exercises/a.py": b"stub", "README.md": b"old", "gone.txt": b"1", "edited.txt": b"1"})
    unpack(first, tmp_path)
    (tmp_path / "exercises/a.py").write_bytes(b"work")
    (tmp_path / "edited.txt").write_bytes(b"mine")
    (tmp_path / "own.txt").write_bytes(b"mine")
    done = unpack(Bundle({"exercises/a.py": b"stub 2", "README.md": b"new", "more.txt": b"2"}), tmp_path)
    assert (done.kept, sorted(done.written), done.removed) == (
        ["exercises/a.py"], ["README.md", "more.txt"], ["gone.txt"],
    )  # fmt: skip
    texts = {name: (tmp_path / name).read_bytes() for name in ("exercises/a.py", "README.md", "edited.txt", "own.txt")}
    assert texts == {"exercises/a.py": b"work", "README.md": b"new", "edited.txt": b"mine", "own.txt": b"mine"}
    # The text that was kept counts as edited the next time, too.
    assert unpack(Bundle({"exercises/a.py": b"stub 3"}), tmp_path).kept == ["exercises/a.py"]
    done = unpack(Bundle({"exercises/a.py": b"stub 3"}), tmp_path, force=True)
    assert (tmp_path / done.backups[0]).read_bytes() == b"work"
    assert (tmp_path / "exercises/a.py").read_bytes() == b"stub 3"


def test_a_folder_with_other_files_loses_none(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"mine")
    assert unpack(Bundle({"README.md": b"ours"}), tmp_path).kept == ["README.md"]
    assert (tmp_path / "README.md").read_bytes() == b"mine"


def test_the_command_says_what_it_kept(course: Course, tmp_path: Path, wheel: Path) -> None:
    words = ("winnow", "release", str(tmp_path / "copy"), "--wheel", str(wheel))
    assert run(course.root, *words).returncode == 0
    (tmp_path / "copy/exercises/m01/double.py").write_text("def double(x): ...\n")
    done = run(course.root, *words)
    assert done.returncode == 1
    assert "kept, edited since it was handed out: exercises/m01/double.py" in done.stderr
    assert run(tmp_path / "copy", "winnow", "reset", "double", "--yes").returncode == 0
    assert run(course.root, *words).returncode == 0
    assert run(tmp_path / "copy", *words).returncode == 2


def test_a_part_of_the_course_is_no_place_for_a_release(course: Course, wheel: Path) -> None:
    for folder in (".", "exercises", "graders/copy"):
        done = run(course.root, "winnow", "release", folder, "--wheel", str(wheel))
        assert (done.returncode, "is a part of the course itself" in done.stderr) == (2, True)


@pytest.fixture(scope="module")
def copy(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    folder = tmp_path_factory.mktemp("release") / "copy"
    unpack(bundle(course_of_four, b"secret", wheel), folder)
    return folder


def test_the_workflow_is_one_that_github_accepts(copy: Path) -> None:
    workflow = copy / ".github/workflows/self-check.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    text = workflow.read_text()
    # The token is handed to the one step that fetches the course, and to none that runs a learner's code.
    assert text.count("secrets.WINNOW_COURSE_TOKEN") == 2


def test_a_pytest_that_has_no_winnow_says_what_to_do(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}
    exec((copy / "conftest.py").read_text(), told)
    told["pytest_configure"](None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(pytest.UsageError, match=r"activate the environment.*pip install -r requirements.txt"):
        told["pytest_configure"](None)


def test_the_settings_of_editors_are_json(course_of_four: Course, copy: Path) -> None:
    settings = json.loads((copy / ".vscode/settings.json").read_text())
    assert settings["python.testing.pytestEnabled"] is True
    # A folder, so that it holds on every system; the dev container makes it, too.
    assert settings["python.defaultInterpreterPath"] == "${workspaceFolder}/.venv"
    assert "venv .venv" in json.loads((copy / ".devcontainer/devcontainer.json").read_text())["postCreateCommand"]
    assert json.loads((copy / ".devcontainer/devcontainer.json").read_text())["name"] == course_of_four.title
    assert json.loads((copy / ".vscode/extensions.json").read_text())["recommendations"]


def test_without_an_address_there_is_no_badge_and_the_release_says_how_to_get_one(
    course: Course, tmp_path: Path, wheel: Path
) -> None:
    done = run(course.root, "winnow", "release", str(tmp_path / "copy"), "--wheel", str(wheel))
    assert "with --url https://github.com/OWNER/REPO" in done.stderr
    readme = (tmp_path / "copy/README.md").read_text()
    assert "](" not in readme
    assert not (tmp_path / "copy/colab.ipynb").exists()


@pytest.mark.parametrize(
    ("url", "branch"),
    [("https://github.com/ann/dl-course", "main"), ("https://github.com/ann/dl-course.git", "main"),
     ("https://github.com/ann/dl-course/tree/fall/26/", "fall/26")],
)  # fmt: skip
def test_badges_and_the_notebook_open_what_is_published(
    course: Course, tmp_path: Path, wheel: Path, url: str, branch: str
) -> None:
    words = ("winnow", "release", str(tmp_path / "copy"), "--wheel", str(wheel))
    catalogue = course.root / "exercises/course.toml"
    text = catalogue.read_text()
    for more in (("--url", url), ()):
        done = run(course.root, *words, *more)
        assert (done.returncode, "--url" in done.stderr) == (0, False), done.stderr
        readme = (tmp_path / "copy/README.md").read_text()
        assert f"(https://colab.research.google.com/github/ann/dl-course/blob/{branch}/colab.ipynb)" in readme
        assert "cloneInVolume?url=https://github.com/ann/dl-course)" in readme
        assert "(https://codespaces.new/ann/dl-course" in readme
        catalogue.write_text(f'published = "{url}"\n' + text)
    made = nbformat.read(tmp_path / "copy/colab.ipynb", as_version=4)
    nbformat.validate(made)
    first = next(cell.source for cell in made.cells if cell.cell_type == "code")
    assert f"!git clone --quiet --depth 1 --branch {branch} https://github.com/ann/dl-course.git\n" in first
    assert "%pip install --quiet --requirement requirements.txt" in first
    assert any(cell.source == "%winnow check double" for cell in made.cells)
    # Handed in with the rest, its cells are known to be nobody's work.
    handed_in = read_submission("ann", tmp_path / "copy", list(course.exercises))
    assert [note for note in handed_in.notes if "colab" in note] == ["colab.ipynb holds no code"]


@pytest.mark.parametrize("url", ["github.com/ann/course", "https://gitlab.com/ann/course", "https://github.com/ann"])
def test_an_address_that_colab_cannot_read_from_is_refused(course: Course, wheel: Path, url: str) -> None:
    done = run(course.root, "winnow", "release", "../copy", "--wheel", str(wheel), "--url", url)
    assert done.returncode == 2
    assert f"{url} is no address" in done.stderr
    assert not (course.root.parent / "copy").exists()


def test_requirements_are_those_of_the_exercises(tmp_path: Path, wheel: Path) -> None:
    def requirements(needs: str, index: str = "") -> list[str]:
        catalogue = FILES["exercises/course.toml"].replace('needs = ["numpy"]', f"needs = {needs}")
        course = make(tmp_path / (needs + index[:4]), {**FILES, "exercises/course.toml": index + catalogue})
        return bundle(course, b"", wheel).files["requirements.txt"].decode().splitlines()

    assert requirements('["numpy"]')[1:] == [f"./engine/{wheel.name}[learn]"]
    # Whoever types the usual line reads first what to type before it.
    assert "pytorch.org" in "".join(requirements('["torch"]')[:2])
    assert requirements('["torch"]')[-1] == f"./engine/{wheel.name}[learn,torch]"
    of_the_course = requirements('["pandas", "torch"]', 'torch_index = "file:///wheels"\n')
    assert "--extra-index-url file:///wheels" in of_the_course
    assert of_the_course[-1] == f"./engine/{wheel.name}[learn,pandas,torch]"


def test_the_wheel_is_what_requirements_ask_for_and_works_alone(copy: Path, wheel: Path, tmp_path: Path) -> None:
    assert f"\n./engine/{wheel.name}[learn,pandas,torch]\n" in (copy / "requirements.txt").read_text()
    with zipfile.ZipFile(copy / "engine" / wheel.name) as archive:
        archive.extractall(tmp_path / "installed")
    done = subprocess.run(
        [sys.executable, "-c", "import winnow; print(winnow.__file__); from winnow.cli import main; main(['status'])"],
        cwd=copy, env=ENVIRONMENT | {"PYTHONPATH": str(tmp_path / "installed")}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.startswith(str(tmp_path / "installed")), done.stderr
    assert "Next: " in done.stdout


def test_the_copy_passes_with_the_solutions_in_it(course_of_four: Course, copy: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(copy, work)
    for exercise in course_of_four.exercises:
        shutil.copy(exercise.solution, work / "exercises" / exercise.module / f"{exercise.id}.py")
    done = run(work, "pytest")
    assert done.returncode == 0, done.stdout
    assert "Next: the quiz of " in done.stdout
