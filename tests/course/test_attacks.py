"""Hostile submissions earn nothing, learn nothing and hurt nobody, under every set of layers this machine offers.

With every layer all of them are graded. Layers change what the kernel answers and nothing else: with fewer of them,
those are graded again that may ask the kernel for anything, and have less time.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shutil
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from winnow.cli import main
from winnow.record import RunResult
from winnow.record_file import load
from winnow.worker.layers import probe

from ..support.part_of_course import FOUR, part_of_course

ROOT = Path(__file__).parents[2]
ATTACKS = ROOT / "tests" / "attacks"
ALL = tomllib.loads((ATTACKS / "labels.toml").read_text(encoding="utf-8"))
# The others are no submissions: each has a test where what it attacks is tested.
LABELS = {name: label for name, label in ALL.items() if label["exercise"]}
HONEST = ("s02", "s04", "s17", "s25", "s31")
TOKEN = "WINNOW_REF_kqzvhjw"
WITHOUT = {"every layer": "", "no bubblewrap": "bubblewrap", "no namespaces": "bubblewrap,namespaces"}
AVAILABLE = {layer for layer, why in probe.available().items() if not why}
# Whoever imports nothing else and has none of these words has no way to a file, a process or a socket.
COMPUTES = {"__future__", "itertools", "math", "numpy", "pandas", "time", "torch", "types"}
LEADS_OUT = re.compile(
    r"os|sys|io|open|exec|eval|compile|modules|builtins|ctypes\w*|environ|memmap|hub|from_file|\w*(load|save)\w*"
    r"|(from|to|read_|gen)\w*(file|txt|csv|pickle|text|sql|table|html|xml|json|excel|hdf|parquet)\w*"
    r"|__(import|globals|builtins|loader|spec|subclasses)__|(f|gi|cr|ag|tb)_\w+"
)


def offered(without: str) -> bool:
    """Whether leaving these out leaves a set that differs from those of the other cases."""
    return not without or without.split(",")[-1] in AVAILABLE


class Attacked(NamedTuple):
    """One run over attacks and honest submissions, where its results are, and the labels of those attacks."""

    run: RunResult
    out: Path
    labels: dict[str, dict[str, Any]]


def files_of(attack: str) -> list[Path]:
    """The file of an attack, or all that are in its folder."""
    if (ATTACKS / attack).is_dir():
        return sorted(path for path in (ATTACKS / attack).rglob("*") if path.is_file())
    notebook = ATTACKS / f"{attack}.ipynb"
    return [notebook if notebook.exists() else ATTACKS / f"{attack}.py"]


def computes_only(path: Path) -> bool:
    """Whether code asks the kernel for nothing but time and memory."""
    if path.suffix != ".py":
        return False
    text = path.read_text(encoding="utf-8")
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imported if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in imported if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} <= COMPUTES and not any(
        LEADS_OUT.fullmatch(word) for word in re.findall(r"\w+", text)
    )


def apart() -> set[str]:
    """The attacks to which no layer makes a difference."""
    return {name for name in LABELS if all(map(computes_only, files_of(name)))}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exercises that are attacked, with a token in every reference and every hidden file."""
    root = tmp_path_factory.mktemp("course")
    part_of_course(root, {*FOUR, *(label["exercise"] for label in LABELS.values())})
    planted = [*root.glob("solutions/*/*.py"), *root.glob("graders/*/*.py")]
    for path in planted:
        path.write_text(path.read_text(encoding="utf-8") + f"\n_CANARY = {TOKEN!r}\n", encoding="utf-8")
    assert planted
    return root


@pytest.fixture(scope="module")
def hurried(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same course, in which nobody's code has long: what never ends takes all the time there is."""
    root = tmp_path_factory.mktemp("hurried")
    shutil.copytree(course, root, dirs_exist_ok=True)
    catalogue = root / "exercises" / "course.toml"
    entries = re.split(r"^(?=\[\[)", catalogue.read_text(encoding="utf-8"), flags=re.MULTILINE)
    limits = "\n[modules.exercises.limits]\nwall = 3\ncpu = 3\ntotal = 15\n"
    of_exercises = [entry.startswith("[[modules.exercises]]") and "limits]" not in entry for entry in entries]
    assert any(of_exercises)
    texts = [entry + limits if one else entry for entry, one in zip(entries, of_exercises, strict=True)]
    catalogue.write_text("".join(texts), encoding="utf-8")
    return root


def hand_in(folder: Path, labels: Collection[str]) -> None:
    """The attacks among honest submissions; the honest ones come before, between and after."""
    for name in labels:
        label, own = LABELS[name], folder / name
        own.mkdir()
        if (ATTACKS / name).is_dir():
            shutil.copytree(ATTACKS / name, own, dirs_exist_ok=True)
        else:
            (path,) = files_of(name)
            shutil.copy(path, own / ("assignment.ipynb" if path.suffix == ".ipynb" else f"{label['exercise']}.py"))
        if "followed_by" in label:
            shutil.copytree(ROOT / "examples" / "class" / label["followed_by"], folder / f"{name} before honest")
    for student in HONEST:
        shutil.copytree(ROOT / "examples" / "class" / student, folder / f"honest {student}")
        shutil.copytree(ROOT / "examples" / "class" / student, folder / f"zz honest {student}")


@pytest.fixture(scope="module")
def undisturbed(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """The scores of the honest submissions alone."""
    folder, out = tmp_path_factory.mktemp("honest"), tmp_path_factory.mktemp("out")
    for student in HONEST:
        shutil.copytree(ROOT / "examples" / "class" / student, folder / student)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINNOW_COURSE", str(course))
        assert main(["grade", str(folder), "--out", str(out)]) == 0
    return {one.student: one.score for one in load(out / "results.json").submissions}


@pytest.fixture(scope="module")
def there_before() -> set[tuple[str, int, int]]:
    """What carries the name of a trace before any attack here has run: other runs may have been killed."""
    return traces()


@pytest.fixture(scope="module", params=list(WITHOUT))
def attacked(
    request: pytest.FixtureRequest,
    course: Path,
    hurried: Path,
    there_before: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Attacked:
    """One run over attacks and honest submissions."""
    without = WITHOUT[request.param]
    if not offered(without):
        pytest.skip(f"this machine has no {without.split(',')[-1]} to leave out")
    labels = {
        name: label for name, label in LABELS.items() if not (without and all(map(computes_only, files_of(name))))
    }
    handed_in, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    hand_in(handed_in, labels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINNOW_COURSE", str(hurried if without else course))
        patch.setenv("WINNOW_WITHOUT_LAYERS", without)
        assert main(["grade", str(handed_in), "--out", str(out)]) == 0
    return Attacked(load(out / "results.json"), out, labels)


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "from numpy import load",
        "import numpy as np\nnp.memmap('/etc/passwd')",
        "import pandas.io",
        "text = open('/etc/passwd').read()",
        "().__class__.__base__.__subclasses__()",
        "import torch\ntorch.sys.modules",
        "getattr(__builtins__, 'op' + 'en')",
        "(one for one in ()).gi_frame",
        "def mae(a, b):\n    from ctypes import CDLL",
    ],
)
def test_code_that_has_a_way_out_does_not_only_compute(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    assert not computes_only(tmp_path / "a.py")


def test_what_is_after_secrets_the_network_or_privileges_is_graded_with_every_set_of_layers() -> None:
    assert apart()
    assert not {LABELS[name]["family"] for name in apart()} & {3, 7, 8}


def test_no_attack_earns_a_point_that_it_does_not_deserve(attacked: Attacked) -> None:
    run, labels = attacked.run, attacked.labels
    scores = {one.student: one.score for one in run.submissions if one.student in labels}
    assert scores == {name: label.get("deserves", 0.0) for name, label in labels.items()}


def test_honest_scores_are_what_they_are_without_the_attacks(attacked: Attacked, undisturbed: dict[str, float]) -> None:
    run, labels = attacked.run, attacked.labels
    scores = {one.student: one.score for one in run.submissions if "honest" in one.student}
    expected = {f"{before}honest {student}": score for student, score in undisturbed.items() for before in ("", "zz ")}
    expected |= {f"{n} before honest": undisturbed[a["followed_by"]] for n, a in labels.items() if "followed_by" in a}
    assert scores == expected


def test_no_attack_is_a_fault_of_the_grader(attacked: Attacked) -> None:
    faults = [
        one.student for one in attacked.run.submissions for part in one.exercises if part.status == "grader_error"
    ]
    assert faults == []


def test_no_page_and_no_table_holds_what_would_be_run(attacked: Attacked) -> None:
    out = attacked.out
    pages = [path.read_text(encoding="utf-8") for path in out.rglob("*.html")]
    assert any("alert(1)" in page for page in pages)
    assert [page for page in pages if re.search(r"<(script|img|svg)\b[^>]*alert|<script>alert", page)] == []
    tables = [path.read_text(encoding="utf-8") for path in out.rglob("*.csv")]
    seen = [text for text in (*pages, *tables) if re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", text)]
    assert seen == []


def test_no_reference_and_no_check_is_seen_anywhere_in_the_results(attacked: Attacked) -> None:
    out = attacked.out
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) > 2 * len(attacked.labels)
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def test_what_an_attack_reports_is_nothing_that_counts(attacked: Attacked, request: pytest.FixtureRequest) -> None:
    """REACHED and LEAK are what the attacks print when they get somewhere; their own scratch folder is allowed."""
    run, labels = attacked.run, attacked.labels
    # With namespaces a worker's /tmp is a file system of its own, which ends with it.
    own = "/tmp/winnow-" if request.node.callspec.params["attacked"] == "no namespaces" else "/tmp/"
    told = {
        one.student: [line for line in exercise.output.splitlines() if "REACHED" in line or "LEAK" in line]
        for one in run.submissions
        for exercise in one.exercises
        if one.student in labels and exercise.output
    }
    serious = {
        student: [line for line in lines if not line.startswith((f"REACHED: wrote {own}", "LEAK:cmdline of self"))]
        for student, lines in told.items()
    }
    assert {student: lines for student, lines in serious.items() if lines} == {}


def test_the_grader_is_not_named_to_the_code_it_grades(attacked: Attacked) -> None:
    text = (attacked.out / "results.json").read_text(encoding="utf-8")
    seen = text[text.index("GRADER:") : text.index("GRADER:") + 600]
    assert not [word for word in ("winnow", "pytest", "nursery", "serve", "observe") if word in seen.split('"')[0]]


def test_no_process_and_no_file_is_left(attacked: Attacked, there_before: set[tuple[str, int, int]]) -> None:
    assert attacked.labels
    assert traces() - there_before == set()


def traces() -> set[tuple[str, int, int]]:
    """Files and processes that attacks name; one that is written anew is another, as is one of another number."""
    found = {("process winnow_canary_d", number, 0) for number, name in _processes() if name == "winnow_canary_d"}
    # Other tests make and remove folders at the same time; a walk passes over what has gone meanwhile.
    walks = [os.walk(folder) for folder in ("/tmp", "/var/tmp", "/dev/shm")]
    every = [os.path.join(folder, name) for walk in walks for folder, _, names in walk for name in names]
    for path in every:
        if os.path.basename(path).startswith("winnow_canary"):
            with contextlib.suppress(FileNotFoundError):
                about = os.lstat(path)
                found.add((path, about.st_ino, about.st_mtime_ns))
    return found


def _processes() -> Iterator[tuple[int, str]]:
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            yield int(number), Path("/proc", number, "comm").read_text().strip()
        except OSError:
            continue
