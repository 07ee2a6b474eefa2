"""What `winnow` tells a learner: where they are, whether a file passes, hints, and how to begin again."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from winnow.course import load
from winnow.errors import UsageError
from winnow.learner import asked, changes
from winnow.learner.checking import unless_lost
from winnow.record import ExerciseResult

from ..support.learners_copy import CHECKS, ENVIRONMENT, PYTHON, RIGHT, STUB, TWO, make_copy, run, write
from ..support.small_course import CATALOGUE

SQUARES = RIGHT.replace("2 * x", "x * x")
QUIZ = """
title = "Sums"
[[questions]]
id = "small"
kind = "numeric"
text = "1 + 1?"
[[questions]]
id = "large"
kind = "numeric"
text = "100 + 100?"
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return make_copy(tmp_path)


def spawn(copy: Path, *words: str, **more: str) -> pexpect.spawn[str]:
    return pexpect.spawn(
        PYTHON[0], ["-m", "winnow.cli", *words], cwd=copy, env=ENVIRONMENT | more, timeout=120, encoding="utf-8"
    )


def end(session: pexpect.spawn[str]) -> int | None:
    session.expect(pexpect.EOF)
    session.close()
    status: int | None = session.exitstatus
    return status


def test_the_map_moves_on_with_the_learner(copy: Path) -> None:
    first = run(copy, "winnow")
    assert first.returncode == 0
    assert "0 of 1 exercises pass their public checks" in first.stdout
    assert "· double   Twice as much    5 min   level 1   5 + 5 hidden points" in first.stdout
    assert "Next: double. Open exercises/m01/double.py; the statement is its docstring." in first.stdout
    write(copy, SQUARES)
    assert "✗ double   Twice as much    5 min   level 1   2 of 5 + 5 hidden" in run(copy, "winnow").stdout
    write(copy, RIGHT)
    last = run(copy, "winnow").stdout
    assert "1 of 1 exercises pass their public checks" in last
    assert "Public checks 5 of 5 points; hidden checks: 5 more." in last
    assert "✓ double   Twice as much    5 min   level 1   5 of 5 + 5 hidden" in last
    assert "All public checks pass, and all quizzes are answered." in last


def test_the_map_says_nothing_of_a_text_that_cannot_be_read(copy: Path) -> None:
    write(copy, "def double(x:\n")
    said = run(copy, "winnow").stdout
    assert "SyntaxError" not in said
    assert "0 of 5 + 5 hidden" in said


def test_the_map_knows_what_pytest_found_without_running_it_again(copy: Path) -> None:
    write(copy, RIGHT + "\nwith open('ran.txt', 'a') as file:\n    file.write('x')\n")
    run(copy, "pytest")
    assert "1 of 1 exercises pass" in run(copy, "winnow").stdout
    assert (copy / "ran.txt").read_text() == "x"


def test_the_map_shows_how_many_questions_are_answered(tmp_path: Path) -> None:
    files = {"exercises/m01/quiz.toml": QUIZ, "exercises/m01/quiz_answers.toml": "small = 2\n"}
    assert "quiz     1 of 2 questions answered" in run(make_copy(tmp_path, files), "winnow").stdout


@pytest.mark.parametrize("sandbox", ["auto", "off"])
def test_check_passes_only_when_all_that_was_asked_for_does(copy: Path, sandbox: str) -> None:
    of = "of 5 points; hidden checks: 5 more"
    for text, status, points in ((STUB, 1, "not started"), (SQUARES, 1, f"2 {of}"), (RIGHT, 0, f"5 {of}")):
        write(copy, text)
        done = run(copy, "winnow", "check", "double", WINNOW_SANDBOX=sandbox)
        assert (done.returncode, points in done.stdout) == (status, True), done.stdout + done.stderr
        assert ("without a sandbox" in done.stderr) == (sandbox == "off")


@pytest.mark.parametrize("sandbox", ["auto", "off"])
def test_check_says_what_pytest_says(copy: Path, sandbox: str) -> None:
    write(copy, SQUARES)
    said = run(copy, "winnow", "check", WINNOW_SANDBOX=sandbox).stdout.split()
    for word in ["Called", "double(-1.5)", "Returned", "2.25", "Expected", "-3.0", "Hint"]:
        assert word in said


@pytest.mark.parametrize("check", ["double(2) == 4", "double(2).shape == ()"])
def test_what_cannot_be_compared_is_told_by_its_own_type(tmp_path: Path, check: str) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/test_double.py": CHECKS.replace("double(2) == 4", check)})
    write(copy, RIGHT.replace("return 2", "yield 2"))
    said = " ".join(run(copy, "winnow", "check").stdout.split())
    assert "Why Returned a value of type generator, which cannot be compared" in said
    assert "Incomparable" not in said


def test_what_waits_is_told_as_that(copy: Path) -> None:
    write(copy, "import time\n\n\ndef double(x):\n    time.sleep(60)\n\n\ndef half(x):\n    return x / 2\n")
    said = run(copy, "winnow", "check").stdout
    assert "after 2 s: it waited, as time.sleep does" in said
    assert "loop" not in said


def test_a_loop_without_end_is_stopped(copy: Path) -> None:
    write(copy, "def double(x):\n    while True: pass\n\n\ndef half(x):\n    return x / 2\n")
    done = run(copy, "winnow", "check")
    assert done.returncode == 1
    assert "a loop that does not end?" in done.stdout
    assert done.stdout.count('not run, because "worked examples" took too long') == 1


def test_what_the_sandbox_loses_is_checked_beside_it(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(copy, SQUARES)
    found = unless_lost(load(copy), ExerciseResult("double", "grader_error", 0.0, 5.0))
    assert (found.status, found.score) == ("graded", 2.0)
    assert "double was checked without a sandbox" in capsys.readouterr().err
    assert unless_lost(load(copy), found) is found


def test_check_writes_for_the_job_summary_and_for_the_classroom(copy: Path) -> None:
    write(copy, SQUARES)
    (copy / "summary.md").write_text("before\n")
    run(copy, "winnow", "check", "--summary", "summary.md", "--classroom", "classroom.json")
    summary = (copy / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("before\n")
    assert "double(-1.5)" in summary
    result = json.loads((copy / "classroom.json").read_text(encoding="utf-8"))
    assert (result["version"], result["status"], result["max_score"]) == (1, "fail", 5.0)
    assert [test["status"] for test in result["tests"]] == ["fail", "pass"]


def test_an_unknown_exercise_is_wrong_usage(copy: Path) -> None:
    for words in (["check", "zzz"], ["hint", "zzz"], ["watch", "zzz"], ["show", "zzz"]):
        done = run(copy, "winnow", *words)
        assert done.returncode == 2
        assert done.stderr == "winnow: there is no exercise zzz; `winnow` lists them\n"


def test_exercises_are_found_by_path_part_and_near_miss(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = load(make_copy(tmp_path, TWO))
    double, triple = course.exercises
    for word in ("double", "exercises/m01/double.py", "test_double.py::test_examples", "double_picture.py", "half"):
        assert asked.exercises(course, [word]) == [double], word
    for word in ("m01", "exercises/m01/", "exercises\\m01", "exercises/m01/README.md"):
        assert asked.exercises(course, [word, "triple"]) == [double, triple], word
    assert capsys.readouterr().err == ""
    for word, meant in (("duoble", double), ("trip", triple), ("exercises/m01/tripel.py", triple)):
        assert asked.exercise(course, word) == meant
        assert f"note: {word} is read as {meant.id}" in capsys.readouterr().err
    # Two letters that changed places are a slip of the fingers, and not the beginning of mean_iou.
    assert asked.exercise(load(Path(__file__).parents[2]), "mea").id == "mae"
    assert "note: mea is read as mae" in capsys.readouterr().err
    with pytest.raises(UsageError, match="did you mean double or triple"):
        asked.exercise(course, "trouble")
    with pytest.raises(UsageError, match="m01 has several exercises: double, triple"):
        asked.exercise(course, "m01")


def test_next_is_the_quiz_where_the_exercises_are_through(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {**TWO, "exercises/m01/quiz.toml": QUIZ, "exercises/quiz_salt.txt": "00ff\n"})
    write(copy, RIGHT)
    assert "Next: triple." in run(copy, "winnow").stdout
    (copy / "exercises/m01/triple.py").write_text("def triple(x):\n    return 3 * x\n")
    assert "Next: the quiz of m01: winnow quiz m01; 2 of 2 questions are open." in run(copy, "winnow").stdout
    assert "Next: the quiz of m01" in run(copy, "pytest").stdout
    (copy / "exercises/m01/quiz_answers.toml").write_text("small = 2\nlarge = 200\n")
    assert "all quizzes are answered" in run(copy, "winnow").stdout


def test_the_map_fits_its_width_and_points_at_the_readme_first(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {**TWO, "exercises/m01/README.md": "# One\n"})
    for width in ("50", "80"):
        said = run(copy, "winnow", COLUMNS=width).stdout
        assert max(map(len, said.splitlines()[3:-3])) <= int(width)
        for name in ("double", "triple"):
            assert f"· {name}" in said
    assert said.index("What m01 is about: exercises/m01/README.md.") < said.index("Next: double.")


def test_winnow_runs_as_a_module_and_helps_learners_first(copy: Path) -> None:
    import subprocess

    done = subprocess.run(
        [*PYTHON, "-m", "winnow", "--help"], cwd=copy, env=ENVIRONMENT, capture_output=True, text=True
    )
    assert done.returncode == 0
    said = done.stdout
    assert said.index("for learners") < said.index("  check ") < said.index("for instructors") < said.index("  grade ")


def test_the_tab_key_completes_names(copy: Path) -> None:
    import subprocess

    bin_folder = copy / "bin"
    bin_folder.mkdir()
    (bin_folder / "winnow").write_text(f'#!/bin/sh\nexec {PYTHON[0]} -m winnow "$@"\n')
    (bin_folder / "winnow").chmod(0o755)
    script = """
source <(winnow completion bash)
COMP_WORDS=(winnow ch); COMP_CWORD=1; _winnow; echo "${COMPREPLY[@]}"
COMP_WORDS=(winnow check do); COMP_CWORD=2; _winnow; echo "${COMPREPLY[@]}"
COMP_WORDS=(winnow g); COMP_CWORD=1; _winnow; echo "none:${COMPREPLY[@]}"
"""
    path = f"{bin_folder}:{ENVIRONMENT['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=copy, env=ENVIRONMENT | {"PATH": path}, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["check", "double", "none:"], done.stderr


def test_hints_come_one_by_one_and_are_remembered(copy: Path) -> None:
    said = [run(copy, "winnow", "hint", "double").stdout for _ in range(4)]
    assert [text.count(" of 3: ") for text in said] == [1, 2, 3, 3]
    assert "That was the last hint." in said[3]
    assert run(copy, "winnow", "hint", "double", "--again").stdout.count(" of 3: ") == 3


def test_reset_brings_back_what_is_gone_or_changed_and_keeps_the_text(copy: Path) -> None:
    path, checks = write(copy, SQUARES), copy / "exercises/m01/test_double.py"
    done = run(copy, "winnow", "reset", "double")
    assert (done.returncode, path.read_text()) == (2, SQUARES)
    assert "say --yes" in done.stderr
    done = run(copy, "winnow", "reset", "double", "--yes")
    assert (done.returncode, path.read_text()) == (0, STUB)
    assert "Your text is kept in .winnow/backups/m01/double.1.py" in done.stdout
    assert (copy / ".winnow/backups/m01/double.1.py").read_text() == SQUARES
    write(copy, RIGHT)
    checks.unlink()
    # What is gone comes back without a question, and work stays.
    done = run(copy, "winnow", "reset", "double")
    assert (done.returncode, path.read_text(), checks.read_text()) == (0, RIGHT, CHECKS)
    assert "exercises/m01/test_double.py is back." in done.stdout
    stays = "Your text in exercises/m01/double.py stays: to begin it anew, winnow reset double once more."
    assert stays in done.stdout
    # Whoever mends damaged checks does not mean to begin anew.
    checks.write_text("def test_(:")
    assert "test_double.py would be replaced: say --yes" in run(copy, "winnow", "reset", "double").stderr
    done = run(copy, "winnow", "reset", "double", "--yes")
    assert (path.read_text(), checks.read_text()) == (RIGHT, CHECKS)
    assert stays in done.stdout
    assert (copy / ".winnow/backups/m01/test_double.1.py").read_text() == "def test_(:"
    assert stays not in run(copy, "winnow", "reset", "double", "--yes").stdout
    assert (path.read_text(), checks.read_text()) == (STUB, CHECKS)
    assert (copy / ".winnow/backups/m01/double.2.py").read_text() == RIGHT
    assert "Everything of double is as it was handed out." in run(copy, "winnow", "reset", "double").stdout


def test_reset_asks_first(copy: Path) -> None:
    path = write(copy, SQUARES)
    for answer, text in (("n", SQUARES), ("", SQUARES), ("y", STUB)):
        session = spawn(copy, "reset", "double")
        session.expect(r"\[y/N\] ")
        session.sendline(answer)
        assert end(session) == (text != STUB)
        assert path.read_text() == text


def test_reset_brings_back_a_file_that_was_deleted(copy: Path) -> None:
    path = copy / "exercises/m01/double.py"
    path.unlink()
    assert run(copy, "winnow", "reset", "double").returncode == 0
    assert path.read_text() == STUB
    done = run(copy, "winnow", "reset", "../../pytest")
    assert (done.returncode, "there is no exercise" in done.stderr) == (2, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    "make", [Path.mkdir, getattr(os, "mkfifo", None)], ids=["a folder", "a pipe, a socket or a device"]
)
def test_what_lies_in_place_of_a_file_is_told_and_makes_way(
    tmp_path: Path, make: Callable[[Path], None], request: pytest.FixtureRequest
) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/double_picture.py": PICTURE})
    path = copy / "exercises/m01/double.py"
    path.unlink()
    make(path)
    kind = request.node.callspec.id
    told = f"exercises/m01/double.py is {kind}: winnow reset double brings it back"
    for words in (("winnow", "check"), ("winnow",), ("winnow", "show", "double"), ("pytest",)):
        done = run(copy, *words)
        assert told in " ".join(f"{done.stdout} {done.stderr}".split())
        assert "Traceback" not in done.stderr
    done = run(copy, "winnow", "reset", "double")
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_text() == STUB


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_place_of_answers_is_told(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": QUIZ, "exercises/quiz_salt.txt": "00ff\n"})
    os.mkfifo(copy / "exercises/m01/quiz_answers.toml")
    for words in (("winnow", "quiz", "m01"), ("winnow",)):
        done = run(copy, *words)
        said = "quiz_answers.toml is a pipe, a socket or a device: put an ordinary file in its place"
        assert said in " ".join(f"{done.stdout} {done.stderr}".split())


def test_watch_tells_the_verdict_of_every_save_and_leaves_cleanly(copy: Path) -> None:
    session = spawn(copy, "watch")
    session.expect("not started")
    session.expect("Ctrl-C ends")
    write(copy, SQUARES)
    session.expect("Returned +2.25")
    write(copy, "def double(x:\n")
    session.expect("never closed")
    write(copy, RIGHT)
    session.expect("5 of 5 points; hidden checks: 5 more")
    session.expect("All public checks pass")
    checks = copy / "exercises/m01/test_double.py"
    checks.write_text(checks.read_text().replace("== 4", "== 5"))
    session.expect("Expected +5")
    text = checks.read_text()
    checks.write_text("nothing_there\n" + text)
    session.expect("cannot be collected")
    checks.write_text(text)
    session.expect("Expected +5")
    session.sendintr()
    assert end(session) == 0
    assert "Traceback" not in str(session.before)
    assert "2 of 5 + 5 hidden" in run(copy, "winnow").stdout


def test_watch_works_without_a_sandbox(copy: Path) -> None:
    session = pexpect.spawn(
        PYTHON[0], ["-m", "winnow.cli", "watch", "double"], cwd=copy, env=ENVIRONMENT | {"WINNOW_SANDBOX": "off"},
        timeout=120, encoding="utf-8",
    )  # fmt: skip
    session.expect("Ctrl-C ends")
    write(copy, SQUARES)
    session.expect("Returned +2.25")
    session.sendintr()
    assert end(session) == 0


def test_keys_give_hints_lists_and_the_next_exercise(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, TWO)
    session = spawn(copy, "watch")
    session.expect("checking double")
    session.expect("h: hint +n: next exercise +l: list +r: run again +q: quit")
    session.send("h")
    session.expect("1 of 3: one")
    session.send("n")
    session.expect("checking triple")
    session.expect("not started")
    write(copy, RIGHT)
    session.expect("checking double")
    session.expect("5 of 5 points")
    session.expect("Next: triple")
    session.send("l")
    session.expect("  double +public checks 5 of 5")
    session.expect("> triple +not started")
    session.send("r")
    session.expect("checking triple")
    session.expect("q: quit")
    write(copy, SQUARES)
    session.expect("Returned +2.25")
    session.expect("q: quit")
    session.send("l")
    session.expect("> double +public checks 2 of 5 points; hidden checks: 5 more")
    session.send("q")
    assert end(session) == 0


def test_n_goes_on_from_the_only_exercise_that_is_watched(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, TWO)
    session = spawn(copy, "watch", "double")
    session.expect("Watching double")
    session.expect("q: quit")
    session.send("n")
    session.expect("checking triple")
    session.expect("q: quit")
    (copy / "exercises/m01/triple.py").write_text("def triple(x):\n    return 2 * x\n")
    session.expect("checking triple")
    session.expect("Returned +4")
    session.send("q")
    assert end(session) == 0


def test_a_loop_without_end_is_told_of_at_once_and_waited_for_once(tmp_path: Path) -> None:
    checks = CHECKS + '\n\n@pytest.mark.points(1)\ndef test_more(double):\n    "more"\n    assert double(3) == 6\n'
    copy = make_copy(tmp_path, {"exercises/m01/test_double.py": checks})
    write(copy, "def double(x):\n    while True:\n        pass\n\n\ndef half(x):\n    return x / 2\n")
    session = spawn(copy, "check", "double")
    session.expect("checking double: what takes longer than 2 s is stopped")
    session.expect("a loop that does not end")
    session.expect("not run|· more")
    end(session)
    said = run(copy, "pytest").stdout
    assert "Stopped    after 2 s: a loop that does not end?" in said
    assert said.count("a loop that does not end?") - said.count("FAILED") <= 2
    assert "1 failed" in said
    assert "1 skipped" in said or "2 skipped" in said


def test_saves_are_noticed_where_nothing_tells_of_them(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    found: Iterator[set[Path]] = changes.changes(copy / "exercises")
    assert next(found) == set()
    path = write(copy, SQUARES)
    assert path in next(filter(None, found))


PICTURE = """
def draw(figure, double, half):
    axes = figure.subplots()
    axes.plot([0, 1, 2], [double(value) for value in (0, 1, 2)])
"""


def test_show_draws_with_the_learners_function(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/double_picture.py": PICTURE})
    done = run(copy, "winnow", "show", "double")
    assert (done.returncode, "double, half are not started" in done.stderr) == (1, True)
    write(copy, RIGHT.replace("2 * x", "x / 0"))
    done = run(copy, "winnow", "show", "double")
    assert done.returncode == 1
    said = "Your code raised ZeroDivisionError: division by zero (line 3 of double.py). More: winnow check double"
    assert done.stderr.startswith(said)
    write(copy, RIGHT)
    done = run(copy, "winnow", "show", "double", "--out", "double.png")
    assert (done.returncode, done.stdout) == (0, "double.png\n")
    assert (copy / "double.png").read_bytes().startswith(b"\x89PNG")


def test_show_says_when_checks_fail_and_draws_the_shape_that_should_be(tmp_path: Path) -> None:
    from matplotlib.figure import Figure

    from winnow.learner import picture

    shape = [[[[0, 1, 2, 3, 4], [0, 2, 4, 6, 8]]]]
    recipe = PICTURE.replace("[0, 1, 2]", "range(5)").replace("(0, 1, 2)", "range(5)")
    files = {"exercises/m01/double_picture.py": recipe, "exercises/m01/double_picture.json": json.dumps(shape)}
    copy = make_copy(tmp_path, files)
    write(copy, SQUARES)
    done = run(copy, "winnow", "show", "double", "--out", "wrong.png")
    assert "note: public checks 2 of 5 points, so this picture may be wrong, too: winnow check double" in done.stderr
    write(copy, RIGHT)
    done = run(copy, "winnow", "show", "double", "--out", "right.png")
    assert (done.returncode, done.stderr) == (0, "")
    for factor, lines in ((2, 1), (3, 2)):
        figure = Figure()
        figure.subplots().plot(range(5), [factor * x for x in range(5)])
        picture.beside(figure, shape)
        assert len(figure.axes[0].get_lines()) == lines
    assert picture.curves(figure)[0][1] == shape[0][0]


WAYS = {
    "shared": "import math",
    "ways": [{"says": "A number [twice].", "code": "def double_by_sum(x):\n    return math.fsum([x, x])"}],
}


def test_other_ways_are_shown_to_whoever_has_passed_where_the_course_allows_it(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {
        "exercises/course.toml": TWO["exercises/course.toml"].replace('id = "m01"', 'id = "m01"\ncompare = true'),
        "exercises/m01/triple.py": "def triple(x):\n    return 3 * x\n",
        "exercises/m01/test_triple.py": TWO["exercises/m01/test_triple.py"],
        ".winnow/compare/m01/double.json": json.dumps(WAYS),
    })  # fmt: skip
    write(copy, SQUARES)
    refused = run(copy, "winnow", "compare", "double")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "once all its public checks pass: winnow check double says" in refused.stderr
    assert "winnow compare" not in run(copy, "winnow", "check", "double").stdout
    write(copy, RIGHT)
    assert "Other ways to write it: winnow compare double" in run(copy, "winnow", "check", "double").stdout
    shown = run(copy, "winnow", "compare", "double")
    assert shown.returncode == 0
    assert "1 of 1: A number [twice].\n\n    def double_by_sum(x):\n        return math.fsum([x, x])\n" in shown.stdout
    # It passes now, not whenever it passed.
    write(copy, SQUARES)
    assert run(copy, "winnow", "compare", "double").returncode == 1
    for name, said in (("triple", "this copy of the course has no other ways"), ("zzz", "there is no exercise zzz")):
        done = run(copy, "winnow", "compare", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    catalogue = copy / "exercises/course.toml"
    catalogue.write_text(catalogue.read_text().replace("compare = true", "compare = false"))
    done = run(copy, "winnow", "compare", "double")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "This course shows no other ways to write double before it is graded.\n"


def test_quiz_asks_until_all_is_answered(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": QUIZ, "exercises/quiz_salt.txt": "00ff\n"})
    session = spawn(copy, "quiz", "--as", "kim")
    for answer in ("2", "200"):
        session.expect("> ")
        session.sendline(answer)
    assert end(session) == 0
    assert (copy / "exercises/m01/quiz_answers.toml").read_text().splitlines() == [
        'learner = "kim"',
        "small = 2",
        "large = 200",
    ]
    assert "All questions of all modules are answered" in run(copy, "winnow", "quiz").stdout


MORE = """
[[modules]]
id = "m02"
title = "More"
"""


@pytest.mark.parametrize("damage", [None, "title = [", 'title = "Sums"\n'])
def test_a_quiz_that_is_gone_or_damaged_holds_up_no_other(tmp_path: Path, damage: str | None) -> None:
    files = {
        f"{folder}/{module}/quiz.toml": QUIZ for folder in ("exercises", ".winnow/stubs") for module in ("m01", "m02")
    }
    catalogue = (make_copy(tmp_path) / "exercises/course.toml").read_text() + MORE
    answers = {"exercises/m01/quiz_answers.toml": "small = 2\n", "exercises/quiz_salt.txt": "00ff\n"}
    copy = make_copy(tmp_path, {**files, **answers, "exercises/course.toml": catalogue})
    path = copy / "exercises/m01/quiz.toml"
    path.unlink()
    if damage is not None:
        path.write_text(damage)
    write(copy, RIGHT)
    cure = "winnow reset m01_quiz brings it back"
    said = run(copy, "winnow")
    assert (said.returncode, cure in " ".join(said.stdout.split())) == (0, True)
    assert "0 of 2 questions answered" in said.stdout
    said = run(copy, "winnow", "quiz")
    assert (said.returncode, "1 of 2" in said.stdout) == (1, True), said.stderr
    assert said.stderr.startswith("note: exercises/m01/quiz.toml")
    assert said.stderr.endswith(f": {cure}\n")
    said = run(copy, "winnow", "quiz", "m01")
    assert (said.returncode, said.stderr.endswith(f": {cure}\n")) == (2, True)
    said = run(copy, "pytest")
    assert "1 failed, 2 passed" in said.stdout
    assert cure in said.stdout
    done = run(copy, "winnow", "reset", "exercises/m01/quiz.toml", "--yes")
    assert (done.returncode, path.read_text()) == (0, QUIZ)
    assert (copy / "exercises/m01/quiz_answers.toml").read_text() == "small = 2\n"
    assert "1 of 2 questions answered" in run(copy, "winnow").stdout


def test_a_file_of_answers_that_cannot_be_read_holds_up_no_exercise(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": QUIZ, "exercises/m01/quiz_answers.toml": "small 2"})
    write(copy, RIGHT)
    said = run(copy, "pytest").stdout
    assert "1 failed, 2 passed" in said
    assert "quiz_answers.toml, line 1: 'small 2' is not of the form NAME = ANSWER" in said


def test_commands_and_quizzes_are_found_by_a_near_miss(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": QUIZ, "exercises/quiz_salt.txt": "00ff\n"})
    for words, said in (
        (("chek", "double"), "there is no command chek; did you mean winnow check?"),
        (("hints",), "there is no command hints; did you mean winnow hint?"),
        (("xyzzy",), "there is no command xyzzy; `winnow --help` lists them"),
        (("quiz", "xyzzy"), "there is no quiz xyzzy; there is m01"),
    ):
        done = run(copy, "winnow", *words)
        assert (done.returncode, done.stderr) == (2, f"winnow: {said}\n")
    for word in ("m1", "m01_quiz", "exercises/m01/quiz_answers.toml", "exercises/m01"):
        done = run(copy, "winnow", "quiz", word)
        assert (done.returncode, "1 of 2" in done.stdout) == (1, True), done.stderr
        assert ("note: m1 is read as m01" in done.stderr) == (word == "m1")


def test_whoever_has_everybodys_name_is_asked_for_one_once(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": QUIZ, "exercises/quiz_salt.txt": "00ff\n"})
    session = spawn(copy, "quiz", LOGNAME="vscode")
    session.expect("Your name")
    session.sendline("Kim Ada")
    session.expect("> ")
    session.sendline("2")
    session.expect("> ")
    session.sendcontrol("d")
    assert end(session) == 1
    assert 'learner = "Kim Ada"' in (copy / "exercises/m01/quiz_answers.toml").read_text()
    session = spawn(copy, "quiz", LOGNAME="vscode")
    assert session.expect(["> ", "Your name"]) == 0
    session.sendline("200")
    assert end(session) == 0


@pytest.mark.parametrize(("name", "asked"), [("ada", 0), ("root", 1)])
def test_only_a_name_that_all_have_is_asked_for(tmp_path: Path, name: str, asked: int) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": QUIZ, "exercises/quiz_salt.txt": "00ff\n"})
    session = spawn(copy, "quiz", LOGNAME=name)
    assert session.expect(["> ", "Your name"]) == asked
    session.close(force=True)


def test_output_is_plain_where_it_is_piped_and_coloured_in_a_terminal(copy: Path) -> None:
    assert "\x1b" not in run(copy, "winnow").stdout
    session = pexpect.spawn(
        PYTHON[0], ["-m", "winnow.cli"], cwd=copy, timeout=120, encoding="utf-8",
        env={name: value for name, value in ENVIRONMENT.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"},
    )  # fmt: skip
    session.expect(pexpect.EOF)
    assert "\x1b[" in str(session.before)


def test_learners_commands_need_no_module_that_only_unix_has(copy: Path) -> None:
    hidden = "{'resource', 'fcntl', 'pwd', 'grp', 'termios', 'pty', 'tty'}"
    script = f"""
import sys
for name in {hidden}: sys.modules[name] = None
sys.platform = "win32"
from winnow.cli import main, parser
from winnow.commands import COMMANDS
from winnow.learner import checking, watching, picture
for name in ("status", "check", "watch", "hint", "show", "quiz", "reset"): parser(name)
help = parser().format_help()
assert "check" in help and "reset" in help, help
"""
    import subprocess

    done = subprocess.run([sys.executable, "-c", script], cwd=copy, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("damage", [None, "title = ["])
def test_a_catalogue_that_is_gone_or_damaged_is_told_with_what_brings_it_back(
    tmp_path: Path, damage: str | None
) -> None:
    copy = make_copy(tmp_path, {".winnow/stubs/course.toml": CATALOGUE})
    catalogue = copy / "exercises/course.toml"
    as_handed_out = catalogue.read_bytes()
    catalogue.unlink()
    if damage is not None:
        catalogue.write_text(damage)
    said = "course.toml is missing: " if damage is None else "course.toml is not valid TOML"
    for words in (("winnow",), ("winnow", "check", "double"), ("pytest",), ("pytest", "exercises/m01")):
        done = run(copy, *words)
        assert done.returncode not in (0, 1)
        assert said in done.stderr
        assert "winnow reset course.toml brings it back" in done.stderr
    assert run(copy, "winnow", "reset", "course.toml", "--yes").returncode == 0
    assert catalogue.read_bytes() == as_handed_out
    assert run(copy, "winnow", "check", "double").returncode == 1
