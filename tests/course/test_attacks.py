"""Hostile submissions earn nothing, learn nothing and hurt nobody, under every set of layers this machine offers."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.record import RunResult
from winnow.record_file import load
from winnow.worker import probe

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


def offered(without: str) -> bool:
    """Whether leaving these out leaves a set that differs from those of the other cases."""
    return not without or without.split(",")[-1] in AVAILABLE


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
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The attacks among honest submissions; the honest ones come before, between and after."""
    folder = tmp_path_factory.mktemp("class")
    for name, label in LABELS.items():
        own = folder / name
        own.mkdir()
        if (ATTACKS / name).is_dir():
            shutil.copytree(ATTACKS / name, own, dirs_exist_ok=True)
        elif (ATTACKS / f"{name}.ipynb").exists():
            shutil.copy(ATTACKS / f"{name}.ipynb", own / "assignment.ipynb")
        else:
            shutil.copy(ATTACKS / f"{name}.py", own / f"{label['exercise']}.py")
        if "followed_by" in label:
            shutil.copytree(ROOT / "examples" / "class" / label["followed_by"], folder / f"{name} before honest")
    for student in HONEST:
        shutil.copytree(ROOT / "examples" / "class" / student, folder / f"honest {student}")
        shutil.copytree(ROOT / "examples" / "class" / student, folder / f"zz honest {student}")
    return folder


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


@pytest.fixture(scope="module", params=list(WITHOUT))
def attacked(
    request: pytest.FixtureRequest, course: Path, handed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunResult, Path]]:
    """One run over attacks and honest submissions."""
    without = WITHOUT[request.param]
    if not offered(without):
        pytest.skip(f"this machine has no {without.split(',')[-1]} to leave out")
    out = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINNOW_COURSE", str(course))
        patch.setenv("WINNOW_WITHOUT_LAYERS", without)
        assert main(["grade", str(handed_in), "--out", str(out)]) == 0
    return load(out / "results.json"), out


def test_no_attack_earns_a_point_that_it_does_not_deserve(attacked: tuple[RunResult, Path]) -> None:
    run, _ = attacked
    scores = {one.student: one.score for one in run.submissions if one.student in LABELS}
    assert scores == {name: label.get("deserves", 0.0) for name, label in LABELS.items()}


def test_honest_scores_are_what_they_are_without_the_attacks(
    attacked: tuple[RunResult, Path], undisturbed: dict[str, float]
) -> None:
    run, _ = attacked
    scores = {one.student: one.score for one in run.submissions if "honest" in one.student}
    expected = {f"{before}honest {student}": score for student, score in undisturbed.items() for before in ("", "zz ")}
    expected |= {f"{n} before honest": undisturbed[a["followed_by"]] for n, a in LABELS.items() if "followed_by" in a}
    assert scores == expected


def test_no_attack_is_a_fault_of_the_grader(attacked: tuple[RunResult, Path]) -> None:
    run, _ = attacked
    faults = [one.student for one in run.submissions for part in one.exercises if part.status == "grader_error"]
    assert faults == []


def test_no_page_and_no_table_holds_what_would_be_run(attacked: tuple[RunResult, Path]) -> None:
    _, out = attacked
    pages = [path.read_text(encoding="utf-8") for path in out.rglob("*.html")]
    assert any("alert(1)" in page for page in pages)
    assert [page for page in pages if re.search(r"<(script|img|svg)\b[^>]*alert|<script>alert", page)] == []
    tables = [path.read_text(encoding="utf-8") for path in out.rglob("*.csv")]
    seen = [text for text in (*pages, *tables) if re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", text)]
    assert seen == []


def test_no_reference_and_no_check_is_seen_anywhere_in_the_results(attacked: tuple[RunResult, Path]) -> None:
    _, out = attacked
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) > 2 * len(LABELS)
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def test_what_an_attack_reports_is_nothing_that_counts(
    attacked: tuple[RunResult, Path], request: pytest.FixtureRequest
) -> None:
    """REACHED and LEAK are what the attacks print when they get somewhere; their own scratch folder is allowed."""
    run, _ = attacked
    # With namespaces a worker's /tmp is a file system of its own, which ends with it.
    own = "/tmp/winnow-" if request.node.callspec.params["attacked"] == "no namespaces" else "/tmp/"
    told = {
        one.student: [line for line in exercise.output.splitlines() if "REACHED" in line or "LEAK" in line]
        for one in run.submissions
        for exercise in one.exercises
        if one.student in LABELS and exercise.output
    }
    serious = {
        student: [line for line in lines if not line.startswith((f"REACHED: wrote {own}", "LEAK:cmdline of self"))]
        for student, lines in told.items()
    }
    assert {student: lines for student, lines in serious.items() if lines} == {}


def test_the_grader_is_not_named_to_the_code_it_grades(attacked: tuple[RunResult, Path]) -> None:
    _run, out = attacked
    text = (out / "results.json").read_text(encoding="utf-8")
    seen = text[text.index("GRADER:") : text.index("GRADER:") + 600]
    assert not [word for word in ("winnow", "pytest", "nursery", "serve", "observe") if word in seen.split('"')[0]]


def test_no_process_and_no_file_is_left(attacked: tuple[RunResult, Path]) -> None:
    assert attacked
    # Other tests make and remove folders at the same time; a walk passes over what has gone meanwhile.
    walks = [os.walk(folder) for folder in ("/tmp", "/var/tmp", "/dev/shm")]
    left = [os.path.join(folder, name) for walk in walks for folder, _, names in walk for name in names]
    assert [path for path in left if os.path.basename(path).startswith("winnow_canary")] == []
    assert "winnow_canary_d" not in set(_process_names())


def _process_names() -> Iterator[str]:
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            yield Path("/proc", number, "comm").read_text().strip()
        except OSError:
            continue
