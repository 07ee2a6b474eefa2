"""In a learner's folder, pytest is the tutor: it says what was called, what came back, and what is next."""

from __future__ import annotations

import re
import subprocess
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from textwrap import dedent

import pexpect
import pytest

from ..support.learners_copy import CHECKS, ENVIRONMENT, PYTHON, RIGHT, SIDE_BY_SIDE, TWO, make_copy, run, write
from ..support.small_course import CATALOGUE

TEST = "exercises/m01/test_double.py"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return make_copy(tmp_path)


def message(said: str) -> str:
    """The first message, with its spaces as they are."""
    return said[said.index("✗") :].split("\n=")[0].split("\n_")[0]


def test_what_is_not_started_is_one_line_and_does_not_pass(copy: Path) -> None:
    done = run(copy, "pytest")
    assert done.returncode == 1
    assert "FAILURES" not in done.stdout
    assert done.stdout.count("not started") == 1
    assert "2 skipped" in done.stdout
    assert "Next: double. Open exercises/m01/double.py; the statement is its docstring." in done.stdout


def test_a_wrong_answer_is_told_as_call_result_and_expectation(copy: Path) -> None:
    write(copy, RIGHT.replace("2 * x", "x * x"))
    done = run(copy, "pytest", TEST)
    assert done.returncode == 1
    # Twice 2 is also its square: what is shown is the call that was wrong.
    assert message(done.stdout).splitlines()[:5] == [
        "✗ worked examples",
        "    Called     double(-1.5)",
        "    Returned   2.25",
        "    Expected   -3.0",
        "    Hint       winnow hint double",
    ]
    assert "Traceback" not in done.stdout
    assert "def test_examples" not in done.stdout
    assert "✗ double   public checks 2 of 5 points; hidden checks: 5 more\n" in done.stdout


def test_when_all_checks_pass_the_exercise_is_done(copy: Path) -> None:
    write(copy, RIGHT)
    done = run(copy, "pytest")
    assert done.returncode == 0
    assert "✓ double   public checks 5 of 5 points; hidden checks: 5 more" in done.stdout
    assert "All public checks pass, and all quizzes are answered." in done.stdout


@pytest.mark.parametrize(
    ("half", "lines"),
    [
        (
            "return 2",
            [
                "Called     half('four')",
                "Returned   2",
                "Expected   TypeError with a message that names text",
                "Hint       winnow hint double",
            ],
        ),
        (
            "return x / 2 if x != 'four' else int(x)",
            [
                "Raised     ValueError: invalid literal for int() with base 10: 'four' (line 6 of double.py)",
                "Expected   TypeError with a message that names text",
                "Hint       winnow hint double",
            ],
        ),
        ("return x / 2", ["Why        The exception is right, and its message is not."]),
        (
            "return x / 0",
            [
                "Called     half(4)",
                "Raised     ZeroDivisionError: division by zero (line 6 of double.py)",
                "Expected   2",
                "Why        What is divided by may be 0 here: which case is that?",
            ],
        ),
        ("print(x)", ["Returned   None", "Expected   2", "Why        It returned None: is a `return` missing?"]),
        ("return [x / 2]", ["Called     half(4)", "Returned   [2.0]", "Expected   2"]),
        (
            "return half(x)",
            ["Why        Which case does not call the function again? Where there is one, a loop goes further."],
        ),
    ],
)
def test_why_a_check_failed_is_said_in_words(copy: Path, half: str, lines: list[str]) -> None:
    write(copy, f"def double(x):\n    return 2 * x\n\n\ndef half(x):\n    {half}\n")
    said = message(run(copy, "pytest", TEST).stdout)
    for line in lines:
        assert re.search(rf"^    {re.escape(line)}", said, re.MULTILINE), said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def double(x:\n    return 2 * x\n", "double.py, line 1: SyntaxError: '(' was never closed"),
        ("import nowhere\n" + RIGHT, "raised ModuleNotFoundError: No module named 'nowhere' (line 1 of double.py)."),
        (
            "def dubble(x):\n    return 2 * x\n",
            "double in exercises/m01/double.py; found dubble: rename it.",
        ),
        ("exit()\n" + RIGHT, "Your code raised SystemExit"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_told_with_its_line(copy: Path, text: str, why: str) -> None:
    write(copy, text)
    done = run(copy, "pytest", TEST)
    assert done.returncode == 1
    assert why in message(done.stdout)
    assert "Traceback" not in done.stdout


def test_arguments_are_shown_as_they_were_before_the_call(tmp_path: Path) -> None:
    checks = "def test_list(double):\n    'of a list'\n    assert double([1, 2]) == [1, 2, 1, 2]\n"
    copy = make_copy(tmp_path, {TEST: checks})
    write(copy, "def double(x):\n    x.clear()\n    return x\n\ndef half(x):\n    return x / 2\n")
    assert "Called     double([1, 2])" in run(copy, "pytest").stdout


@pytest.mark.parametrize("option", ["--tb=long", "--tb=short", "-vv"])
def test_tracebacks_come_back_when_they_are_asked_for(copy: Path, option: str) -> None:
    write(copy, RIGHT.replace("2 * x", "x / 0"))
    said = run(copy, "pytest", TEST, option).stdout
    assert "return x / 0" in said
    assert "Called     double(2)" in said


def test_an_editor_that_wants_more_of_pytest_shows_the_message(copy: Path) -> None:
    write(copy, RIGHT.replace("2 * x", "x * x"))
    # PyCharm's plugin does so.
    (copy / "editor.py").write_text("def pytest_configure(config):\n    config.option.verbose = 2\n", encoding="utf-8")
    done = run(copy, "pytest", "-p", "editor", TEST)
    assert "test_examples FAILED" in done.stdout
    assert message(done.stdout).startswith("✗ worked examples\n    Called     double(-1.5)\n")
    assert "def test_examples" not in done.stdout


def test_tracebacks_come_back_side_by_side_too(copy: Path) -> None:
    write(copy, RIGHT.replace("2 * x", "x * x"))
    assert "def test_examples" in run(copy, "pytest", *SIDE_BY_SIDE, "-vv").stdout


def test_a_debugger_stops_in_the_learners_code(copy: Path) -> None:
    write(copy, RIGHT.replace("2 * x", "x / 0"))
    session = pexpect.spawn(PYTHON[0], ["-m", "pytest", "--pdb", TEST], cwd=copy, env=ENVIRONMENT, timeout=120)
    session.expect(r"double\.py\(\d+\)double\(\)")
    session.expect(r"\(Pdb\) ")
    session.sendline("p x + 100")
    session.expect("102")
    session.sendline("q")
    session.expect(pexpect.EOF)
    session.close()
    assert session.exitstatus


def test_what_is_not_started_does_not_open_a_debugger(copy: Path) -> None:
    assert "2 skipped" in run(copy, "pytest", "--pdb").stdout


def test_a_breakpoint_in_the_learners_code_works(copy: Path) -> None:
    write(copy, RIGHT.replace("return 2 * x", "y = 2 * x\n    breakpoint()\n    return y"))
    session = pexpect.spawn(PYTHON[0], ["-m", "pytest", TEST], cwd=copy, env=ENVIRONMENT, timeout=120)
    session.expect(r"\(Pdb\) ")
    session.sendline("p y * 1000")
    session.expect("4000")
    session.sendline("q")
    session.expect(pexpect.EOF)
    session.close()


HALF = "\n\n\ndef half(x):\n    return x / 2\n"


LOOPS, WAITS = "a loop that does not end?", "it waited, as time.sleep does"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def double(x):\n    while True:\n        pass", LOOPS),
        ("import time\n\n\ndef double(x):\n    time.sleep(1000)", WAITS),
        ("import threading\n\n\ndef double(x):\n    threading.Event().wait()", WAITS),
        (
            "import time\n\n\ndef double(x):\n    while True:\n        try:\n            time.sleep(0.1)\n"
            "        except Exception:\n            pass",
            WAITS,
        ),
        (
            "def double(x):\n    while True:\n        try:\n            sum(range(1000))\n"
            "        except:\n            pass",
            LOOPS,
        ),
        (
            "import time\n\n\ndef wait():\n    try:\n        time.sleep(0.1)\n    except:\n        return\n\n\n"
            "def double(x):\n    while True:\n        try:\n            wait()\n        except BaseException as e:\n"
            "            print(e)",
            WAITS,
        ),
        ("import time\n\ntime.sleep(1000)\n\n\ndef double(x):\n    return 2 * x", WAITS),
    ],
    ids=["loop", "sleep", "wait", "swallow", "bare except", "handlers in handlers", "load"],
)
def test_what_does_not_end_is_stopped_once(copy: Path, text: str, why: str) -> None:
    write(copy, text + HALF)
    done = run(copy, "pytest", "-rN")
    assert done.stdout.count(f"after 2 s: {why}") == 1, done.stdout
    assert "TooLongError" not in done.stdout
    assert done.returncode == 1


def test_what_is_stopped_between_two_lines_is_told_of_too(tmp_path: Path) -> None:
    # Python 3.11 knows no line for some instructions, as for those of this code, and pytest stumbles over that.
    text = """
        from winnow.learner.patience import TooLongError

        def double(x):
            if x is not None:
                raise TooLongError("stopped after 2 s: a loop that does not end?")

        size = len(double.__code__.co_code) // 2
        double.__code__ = double.__code__.replace(co_linetable=bytes([0xF8]) * size)
    """
    said = told(tmp_path, CHECKS, dedent(text))
    assert "Stopped    after 2 s: a loop that does not end?" in said
    assert "INTERNALERROR" not in said


def test_a_debugger_may_wait_at_its_prompt_for_longer_than_the_limit(copy: Path) -> None:
    write(copy, RIGHT.replace("return 2 * x", "breakpoint() if x == 2 else None\n    return 2 * x"))
    session = pexpect.spawn(PYTHON[0], ["-m", "pytest", TEST], cwd=copy, env=ENVIRONMENT, timeout=120)
    session.expect(r"\(Pdb\) ")
    time.sleep(4)
    session.sendline("c")
    session.expect("2 passed")
    session.expect(pexpect.EOF)
    session.close()


def test_one_check_alone_does_not_make_an_exercise_done(copy: Path) -> None:
    write(copy, RIGHT)
    for words in ([f"{TEST}::test_half"], ["-k", "half"]):
        done = run(copy, "pytest", *words)
        assert done.returncode == 0
        assert "· double   public checks 2 of 5 points; hidden checks: 5 more; 1 not run yet" in done.stdout
    assert "✓ double   public checks 5 of 5 points" in run(copy, "pytest", "-k", "examples").stdout


def test_what_has_not_run_is_not_wrong(copy: Path) -> None:
    write(copy, "def double(x):\n    return x\n\n\ndef half(x):\n    return x\n")
    assert (
        "✗ double   public checks 0 of 5 points; hidden checks: 5 more; 1 not run yet"
        in run(copy, "pytest", "-x").stdout
    )
    whole = run(copy, "pytest").stdout
    assert "✗ double   public checks 0 of 5 points; hidden checks: 5 more\n" in whole
    # What is known of the same text stays known, whatever is run of it.
    for words in (["-x"], ["-k", "half"], ["-k", "examples"]):
        assert "✗ double   public checks 0 of 5 points; hidden checks: 5 more\n" in run(copy, "pytest", *words).stdout


def test_last_failed_and_stop_at_the_first(copy: Path) -> None:
    write(copy, "def double(x):\n    return x\n\n\ndef half(x):\n    return x\n")
    first = run(copy, "pytest", "-x")
    assert "1 failed" in first.stdout
    write(copy, "def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x\n")
    again = run(copy, "pytest", "--lf")
    assert "1 passed" in again.stdout
    assert "failed" not in again.stdout.splitlines()[-1]


def test_side_by_side_it_says_the_same(copy: Path) -> None:
    write(copy, RIGHT.replace("2 * x", "x * x"))
    alone, beside = run(copy, "pytest"), run(copy, "pytest", *SIDE_BY_SIDE)
    assert beside.returncode == alone.returncode == 1
    assert message(beside.stdout) == message(alone.stdout)
    assert "✗ double   public checks 2 of 5 points; hidden checks: 5 more\n" in beside.stdout


def test_reports_for_machines_have_the_message(copy: Path, tmp_path: Path) -> None:
    write(copy, RIGHT.replace("2 * x", "x * x").replace("return x / 2", "raise NotImplementedError"))
    write(copy, "def double(x):\n    return x * x\n\n\ndef half(x):\n    ...\n")
    done = run(copy, "pytest", "-p", "no:terminal", "--junitxml=report.xml")
    assert (done.returncode, done.stdout) == (1, "")
    cases = {case.get("name"): case for case in ET.parse(copy / "report.xml").iter("testcase")}
    failure = cases["test_examples"].find("failure")
    assert failure is not None
    assert failure.get("message") == "double(-1.5) returned 2.25, expected -3.0"
    assert "Expected   -3.0" in str(failure.text)
    skipped = cases["test_half"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "half is not started"


def test_collecting_alone_says_and_writes_nothing_of_its_own(copy: Path) -> None:
    done = run(copy, "pytest", "--collect-only", "-q")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == [f"{TEST}::test_examples", f"{TEST}::test_half"]
    assert "not started" not in done.stdout
    assert not (copy / ".winnow" / "progress.json").exists()


def test_nothing_is_imported_that_a_passing_check_does_not_need(copy: Path) -> None:
    write(copy, RIGHT)
    heavy = "{'torch', 'pandas', 'hypothesis', 'rich', 'numpy'}"
    script = f"import sys, pytest; pytest.main(['-q']); print('LOADED', *sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [*PYTHON, "-c", script], cwd=copy, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert "2 passed" in done.stdout
    assert done.stdout.splitlines()[-1].strip() == "LOADED"


LACKING = (
    CATALOGUE.replace('needs = ["numpy"]', 'needs = ["library_of_nobody"]', 1)
    + """
[[modules.exercises]]
id = "triple"
title = "Three times as much"
functions = ["triple"]
needs = ["numpy"]
points = 1
minutes = 1
level = 1
hints = []
"""
)
TRIPLE = "def triple(x):\n    'Three times x.'\n    return 3 * x\n"
OF_TRIPLE = "import pytest\n@pytest.mark.points(1)\ndef test_two(triple):\n    'of two'\n    assert triple(2) == 6\n"


def test_what_is_not_installed_holds_up_only_what_needs_it(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {
        "exercises/course.toml": LACKING, "exercises/m01/test_double.py": "import library_of_nobody\n" + CHECKS,
        "exercises/m01/triple.py": TRIPLE, "exercises/m01/test_triple.py": OF_TRIPLE,
    })  # fmt: skip
    said = "not run, for want of library_of_nobody: pip install library_of_nobody"
    done = run(copy, "pytest", "-q")
    assert f"double   {said}" in done.stdout
    # Of what nobody asked for nothing is said.
    for words in (["-k", "triple"], ["exercises/m01/test_triple.py"]):
        done = run(copy, "pytest", "-q", *words)
        assert (done.returncode, "library_of_nobody" in done.stdout.replace(f"Next: double: {said}", "")) == (0, False)
    assert f"double   {said}" in run(copy, "pytest", "-q", "-k", "half").stdout
    done = run(copy, "pytest", "-q")
    assert "1 passed, 1 skipped" in done.stdout
    for sandbox in ("auto", "off"):
        done = run(copy, "winnow", "check", WINNOW_SANDBOX=sandbox)
        assert done.returncode == 1
        assert said in done.stdout
        assert "of two" in done.stdout


@pytest.mark.parametrize("name", ["double.py", "test_double.py"])
def test_a_file_that_was_deleted_is_named_and_breaks_nothing_else(tmp_path: Path, name: str) -> None:
    copy = make_copy(tmp_path, TWO)
    (copy / "exercises" / "m01" / name).unlink()
    (copy / "exercises/m01/triple.py").write_text("def triple(x):\n    return 3 * x\n")
    done = run(copy, "pytest")
    assert done.returncode == 1
    assert "1 passed" in done.stdout
    assert f"· double   exercises/m01/{name} is missing: winnow reset double brings it back" in done.stdout
    assert "✓ triple   public checks 3 of 3 points" in done.stdout
    done = run(copy, "pytest", "exercises/m01/test_triple.py")
    assert (done.returncode, "· double" in done.stdout) == (0, False)


def test_damaged_checks_break_nothing_else(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {**TWO, TEST: "def test_double(:"})
    write(copy, RIGHT)
    (copy / "exercises/m01/triple.py").write_text("def triple(x):\n    return 3 * x\n")
    for words in (["pytest"], ["winnow", "check"], ["winnow"]):
        said = " ".join(run(copy, *words).stdout.split())
        assert "exercises/m01/test_double.py is damaged (invalid syntax): winnow reset double brings it back" in said
        assert "3 of 3" in said


@pytest.mark.parametrize(
    ("top", "reason"),
    [
        ("nothing_there\n", "NameError: name 'nothing_there' is not defined"),
        ("from math import nothing_there\n", "ImportError: cannot import name 'nothing_there' from 'math'"),
        ("import json.nothing_there\n", "ModuleNotFoundError: No module named 'json.nothing_there'"),
        ("raise SystemExit\n", "it ends Python: SystemExit"),
    ],
)
def test_checks_that_cannot_be_imported_break_nothing_else(tmp_path: Path, top: str, reason: str) -> None:
    copy = make_copy(tmp_path, {**TWO, TEST: top + CHECKS})
    write(copy, RIGHT)
    (copy / "exercises/m01/triple.py").write_text("def triple(x):\n    return 3 * x\n")
    told = f"{TEST} cannot be collected ({reason}): winnow reset double brings it back"
    for words, sandbox in (
        (["pytest"], "auto"), (["winnow", "check"], "auto"), (["winnow", "check"], "off"), (["winnow"], "auto"),
    ):  # fmt: skip
        done = run(copy, *words, WINNOW_SANDBOX=sandbox, COLUMNS="300")
        assert told in " ".join(done.stdout.split()), done.stdout + done.stderr
        assert "3 of 3" in done.stdout
        assert done.returncode == (words != ["winnow"])
        assert words == ["winnow", "check"] or f"Next: double: {TEST} cannot" in " ".join(done.stdout.split())
    # What is as it was handed out a reset does not mend.
    (copy / ".winnow/stubs/m01/test_double.py").write_text(top + CHECKS)
    assert "brings it back" not in run(copy, "pytest").stdout


SLIPS = """
[[slips]]
name = "squares"
why = "Twice is not the square."
[slips.returns]
"double(-1.5)" = "2.25"
"double(3)" = "9"
"""


def test_a_public_slip_is_recognised_by_what_it_returns(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {"exercises/m01/double_slips.toml": SLIPS})
    for text, told in (
        ("x * x", True),
        ("x * x if x > 0 else x * x * 1.000001", True),
        ("x * x if x > 0 else 2.3", False),
    ):
        write(copy, RIGHT.replace("2 * x", text))
        for words in (["pytest", TEST], ["winnow", "check", "double"]):
            said = " ".join(run(copy, *words).stdout.split())
            assert ("Why Twice is not the square." in said) == told, said


@pytest.mark.parametrize("spoilt", ["{[", 10_000 * "["])
def test_a_spoilt_state_is_forgotten(copy: Path, spoilt: str) -> None:
    write(copy, RIGHT)
    (copy / ".winnow" / "progress.json").write_text(spoilt)
    assert "✓ double   public checks 5 of 5" in run(copy, "pytest").stdout


def test_answers_to_a_quiz_are_judged_where_the_key_is(tmp_path: Path) -> None:
    question = '[[questions]]\nid = "sum"\nkind = "numeric"\ntext = "1 + 1?"\n'
    quiz = f'title = "Sums"\n{question}'
    copy = make_copy(tmp_path, {"exercises/m01/quiz.toml": quiz, "exercises/m01/quiz_answers.toml": 'sum = "much"\n'})
    done = run(copy, "pytest", "exercises/m01/quiz_answers.toml")
    assert done.returncode == 1
    assert "quiz_answers.toml, line 1" in done.stdout
    (copy / "exercises/m01/quiz_answers.toml").write_text("sum = 3\n")
    assert "1 skipped" in run(copy, "pytest", "exercises/m01/quiz_answers.toml").stdout


def told(tmp_path: Path, checks: str, text: str) -> str:
    """What pytest says of a text that `checks` are put to; the functions are double and half."""
    copy = make_copy(tmp_path, {TEST: checks})
    write(copy, text + "\n\ndef half(x):\n    return x / 2\n")
    return run(copy, "pytest").stdout


def test_what_is_shown_is_what_was_returned_and_not_what_a_check_makes_of_it(tmp_path: Path) -> None:
    checks = "def test_list(double):\n    'a list'\n    assert list(double(3)) == [6, 6]\n"
    said = told(tmp_path, checks, "def double(x):\n    return (x, 2 * x)\n")
    assert "Returned   (3, 6)\n    Expected   [6, 6]\n" in said
    said = told(tmp_path, checks, "def double(x):\n    return 2 * x + 1e-9\n")
    assert "Returned   6.0\n    Expected   [6, 6]\n" in said
    checks = "def test_size(double):\n    'a size'\n    assert len(double(3)) == 1\n"
    said = told(tmp_path, checks, "def double(x):\n    return (x, 2 * x)\n")
    assert "Returned   (3, 6)\n    Expected   `len(result)` is 1; here it is 2\n" in said
    # Also where the check trips over it.
    said = told(tmp_path, checks, "def double(x):\n    return 2 * x\n")
    assert "Returned   6\n    Expected   `len(result)` is 1\n" in said
    assert "Why        The check cannot go on with this result: TypeError: object of type 'int' has no len()" in said


TABLE = """
def test_rows(double):
    "rows"
    table = double(1)
    assert [tuple(row) for row in table.itertuples(index=False)] == [(1, 2), (3, 4)]
"""


def test_a_table_is_not_held_against_a_list_row_by_row(tmp_path: Path) -> None:
    copy = make_copy(tmp_path, {TEST: TABLE})
    write(copy, "import pandas as pd\n\ndef double(x):\n    return pd.DataFrame({'a': [1, 3], 'b': [2, 5]})" + HALF)
    said = message(run(copy, "pytest", TEST).stdout)
    assert "is [(1, 2), (3, 4)]; here it is [(1, 2), (3, 5)]" in said
    assert "Rows" not in said


HELPER = """
import pandas as pd


def rows(table):
    \"\"\"The table as a list of rows: None for what is missing.\"\"\"
    assert isinstance(table, pd.DataFrame)
    return list(table.itertuples(index=False, name=None))


def test_rows(double):
    "rows"
    assert rows(double(1)) == [(1, 2, "one word"), (3, 4, "another word"), (5, 6, "the last word")]
"""


def test_what_a_function_of_the_check_makes_of_a_result_is_told_in_its_words_and_row_by_row(tmp_path: Path) -> None:
    answer = """import pandas as pd


def double(x):
    return pd.DataFrame({"a": [1, 3, 5], "b": [2, 5, 6], "c": ["one word", "another word", "the last word"]})
"""
    said = told(tmp_path, HELPER, answer)
    assert "Expected   the table as a list of rows, line by line:\n" in said
    row = next(line for line in said.splitlines() if line.strip().startswith(">"))
    assert row.split(maxsplit=2)[2] == "(3, 5, 'another word')    (3, 4, 'another word')"
    # Where it cannot make it, what is expected is told all the same.
    said = told(tmp_path, HELPER, "def double(x):\n    2 * x\n")
    assert "Returned   None\n" in said
    assert "Expected   the table as a list of rows is [(1, 2, 'one word'), (3, 4, 'another word')," in said


def test_what_a_function_of_the_check_is_given_is_the_result(tmp_path: Path) -> None:
    checks = """
        def rows(table):
            "the rows"
            assert list(table.keys()) == ["a"]
            return list(table.values())

        def test_rows(double):
            "rows"
            assert rows(double(3)) == [6]
    """
    said = told(tmp_path, dedent(checks), "def double(x):\n    return {'b': 6}")
    assert "Expected   `result.keys()` is ['a']; here it is ['b']" in said


def test_a_shape_is_held_against_a_shape(tmp_path: Path) -> None:
    checks = "def test_it(double):\n    'it'\n    x = 3\n    assert double(x).shape == (2, 1)\n"
    said = told(tmp_path, checks, "import numpy as np\n\n\ndef double(x):\n    return np.array([[2 * x], [x]]).T\n")
    assert "Expected   `result.shape` is (2, 1); here it is (1, 2)\n" in said


def test_what_a_result_has_not_is_said_in_words(tmp_path: Path) -> None:
    copy = make_copy(
        tmp_path, {TEST: "def test_upper(double):\n    'in capitals'\n    assert double(2).upper() == 'B'\n"}
    )
    write(copy, "def double(x):\n    return [2 * x]" + HALF)
    said = message(run(copy, "pytest", TEST).stdout)
    assert (
        "Why        The check asks the result for `.upper`, which a list has not: is it of the type asked for?" in said
    )


def test_what_a_check_takes_out_of_a_result_is_not_of_the_wrong_type(tmp_path: Path) -> None:
    checks = "def test_it(double):\n    'it'\n    assert double(3).item() == 6.0\n"
    said = told(tmp_path, checks, "import numpy as np\n\n\ndef double(x):\n    return np.array(2.0 * x + 1e-8)\n")
    assert "✗ it\n" in said
    assert "should be a float" not in said


def test_what_is_compared_with_another_call_is_no_right_answer(tmp_path: Path) -> None:
    checks = "def test_it(double):\n    'it'\n    assert double(3) == double({again})\n"
    counts = "calls = []\n\n\ndef double(x):\n    calls.append(x)\n    return [len(calls)]\n"
    said = told(tmp_path, checks.format(again=3), counts)
    assert "Returned   [1]\n    Expected   the same as an equal call, which returned [2]\n" in said
    said = told(tmp_path, checks.format(again="x=3"), counts)
    assert "Returned   [1]\n    Expected   the same as double(x=3), which returned [2]\n" in said
    # A small number is the same object wherever it comes from.
    said = told(
        tmp_path,
        "def test_it(double):\n    'it'\n    double(4)\n    assert double(3) == 6\n",
        "double = {4: 6, 3: 5}.get\n",
    )
    assert "Returned   5\n    Expected   6\n" in said


def test_a_complaint_of_a_library_is_no_refusal(tmp_path: Path) -> None:
    checks = (
        "import pytest\n\n\ndef test_it(double):\n    'it'\n    with pytest.raises(ValueError):\n        double(3)\n"
    )
    said = told(tmp_path, checks, "def double(x):\n    return [1, 2][x]\n")
    assert "Raised     IndexError" in said
    assert "Why        Look for this case first, and raise ValueError: what comes of it later is no refusal.\n" in said
    # One that the learner raises on purpose is their own.
    said = told(tmp_path, checks.replace("ValueError", "TypeError"), "def double(x):\n    raise ValueError('no')\n")
    assert "Raised     ValueError: no" in said
    assert "Look for this case first" not in said


def test_a_forgotten_return_is_said_whatever_the_check_makes_of_it(tmp_path: Path) -> None:
    for statement in ("double(3) == 6", "list(double(3)) == [6]", "double(3) > 5", "double(3)[0] == 6"):
        checks = f"def test_it(double):\n    'it'\n    assert {statement}\n"
        said = told(tmp_path, checks, "def double(x):\n    2 * x\n")
        assert "Returned   None\n" in said
        assert "Why        It returned None: is a `return` missing?\n" in said, statement


def test_two_checks_are_told_in_full_and_no_sentence_twice(tmp_path: Path) -> None:
    checks = "".join(f"def test_{n}(double):\n    'check {n}'\n    assert double({n}) == {2 * n}\n\n\n" for n in "123")
    said = told(tmp_path, checks, "def double(x):\n    [1] - [2]\n")
    assert said.count("Raised     TypeError: unsupported operand") == 2
    assert said.count("Why        A list does not calculate element by element") == 1
    assert f"✗ check 3\n    More       pytest {TEST}::test_3\n" in said


def test_a_long_result_is_shown_row_by_row(tmp_path: Path) -> None:
    checks = "def test_it(double):\n    'it'\n    assert double(list(range(30))) == [2 * n for n in range(30)]\n"
    said = told(tmp_path, checks, "def double(x):\n    return [2 * n if n != 20 else -1 for n in x]\n")
    row = next(line.split() for line in said.splitlines() if line.strip().startswith(">"))
    assert row == [">", "20", "20", "-1", "40"]
    assert "argument 1   returned   expected" in said


def test_a_syntax_error_is_shown_with_its_line_and_a_caret(copy: Path) -> None:
    write(copy, "def double(x):\n    return (2 * x\n\n\ndef half(x):\n    return x / 2\n")
    said = message(run(copy, "pytest").stdout).splitlines()
    at = next(n for n, line in enumerate(said) if "double.py, line 2: SyntaxError: '(' was never closed" in line)
    assert said[at + 1].strip() == "return (2 * x"
    assert said[at + 2].index("^") == said[at + 1].index("(")
    told = run(copy, "winnow", "check").stdout.splitlines()
    at = next(n for n, line in enumerate(told) if "double.py, line 2: SyntaxError: '(' was never closed" in line)
    assert told[at + 2].index("^") == told[at + 1].index("(")
    assert "✗ half of a number, and a TypeError for a text\n    Why        As above.\n" in run(copy, "pytest").stdout


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("import nowhere_at_all", "`nowhere_at_all` is not installed in the Python that runs this: pip install -r"),
        ("import nowhere_at_all.part", "`nowhere_at_all` is not installed"),
        ("VALUE = np.pi", "`import numpy as np` is missing: it belongs at the top."),
        (
            "VALUE = doubel(2)",
            "Nothing here is called `doubel`: a slip of the pen, or an import that is missing or fails?",
        ),
    ],
)
def test_what_to_do_about_an_exception_is_said(copy: Path, text: str, cure: str) -> None:
    write(copy, f"{text}\n{RIGHT}")
    assert cure in run(copy, "pytest").stdout


def test_a_file_that_is_no_text_is_to_be_saved_again(copy: Path) -> None:
    (copy / "exercises" / "m01" / "double.py").write_bytes(RIGHT.encode("utf-16"))
    assert "save it as UTF-8" in " ".join(run(copy, "pytest").stdout.split())
    said = run(copy, "winnow", "check", "double").stdout
    assert "UTF-8" in said
    assert "line None" not in said


def test_what_may_not_be_written_to_is_told_as_that(tmp_path: Path) -> None:
    checks = """
        import numpy as np

        def test_locked(double):
            "what is locked stays as it is"
            x = np.ones(2)
            x.flags.writeable = False
            assert list(double(x)) == [2, 2]
    """
    said = told(tmp_path, checks, "def double(x):\n    x *= 2\n    return x")
    assert "Why        This writes to what may not be written to: arguments are not to be changed" in said


@pytest.mark.parametrize(
    ("check", "text", "why"),
    [
        (
            "double(3).tolist() == [6]", "return [2 * x]",
            "The result is a list, and is to be an array or a tensor: the check asks it for `.tolist`.",
        ),
        (
            "double(np.ones(3)).tolist() == [2, 2, 2]", "return np.zeros((0, 1))",
            "The shape of the result is (0, 1) and should be (3,).",
        ),
        ("double(3) == 6", "return [x].sort().pop()", "Something in this line is None: methods such as sort"),
        (
            "double(3) == 6", "return np.arange(3).reshape(2, 2)",
            "3 elements do not fit into the shape (2,2): print the shape before this line.",
        ),
        (
            "double(np.ones(3)) == 6", "return x.shape(0)",
            "Parentheses follow a tuple, which is no function: its elements are taken with brackets",
        ),
        ("double(3) == 6", "return np.random.integers(x)", "`integers` is a method of a generator such as `rng`"),
        ("double(0.25) == 0.5", "return 200 * x", "That is 100 times what it should be: a percentage,"),
        ("double(3) == 6", "total += x", "`total` has no value yet on this line: it gets one further down, or in some"),
    ],
)  # fmt: skip
def test_what_comes_of_shapes_and_types_is_said(tmp_path: Path, check: str, text: str, why: str) -> None:
    checks = f"import numpy as np\n\ndef test_it(double):\n    'it'\n    assert {check}\n"
    assert f"Why        {why}" in told(tmp_path, checks, f"import numpy as np\n\ndef double(x):\n    {text}")


def test_an_array_is_offered_only_for_what_an_array_has(copy: Path) -> None:
    for attribute, offered in (("shape", True), ("padding", False)):
        write(copy, RIGHT.replace("2 * x", f"(x, x).{attribute}"))
        assert ("np.asarray" in run(copy, "pytest").stdout) is offered


def test_the_authors_words_say_what_a_message_must_be(tmp_path: Path) -> None:
    checks = (
        "import pytest\n\n\ndef test_it(double):\n    'it'\n"
        "    with pytest.raises(ValueError, match='3'):  # names both shapes\n        double(3)\n"
    )
    said = told(tmp_path, checks, "def double(x):\n    return 2 * x\n")
    assert "Expected   ValueError with a message that names both shapes\n    Hint" in said


UNPACKED = """
import pytest


def test_it(double):
    'it'
    low, high = double(3)
    assert low == 2
    assert high + 1 == pytest.approx(7)
"""


def test_a_name_of_the_check_is_told_as_the_part_of_the_result_that_it_is(tmp_path: Path) -> None:
    said = told(tmp_path, UNPACKED, "def double(x):\n    return (2, 8)\n")
    assert "Returned   (2, 8)\n    Expected   `result[1] + 1` is 7; here it is 9\n" in said
    said = told(tmp_path, UNPACKED, "def double(x):\n    return (3, 6)\n")
    assert "Returned   (3, 6)\n    Expected   `result[0]` is 2; here it is 3\n" in said
    said = told(tmp_path, UNPACKED, "def double(x):\n    return (2, 8, 1)\n")
    assert "Returned   (2, 8, 1)\n" in said
    assert "    Why        The result is to have 2 parts, and has " in said
    said = told(tmp_path, UNPACKED, "def double(x):\n    return 2\n")
    assert "    Why        The result is to have several parts, and is one int.\n" in said
    # A name of another function is another name.
    other = "def test_other():\n    'other'\n    x = 5\n    assert x\n\n\n"
    said = told(tmp_path, other + UNPACKED.replace("low == 2", "low - x() == 2"), "def double(x):\n    return (2, 8)\n")
    assert "result[0] - x()" in said


def test_what_a_check_makes_of_two_equal_calls_is_no_right_answer(tmp_path: Path) -> None:
    checks = "def test_it(double):\n    'it'\n    again = list(double(3))\n    assert list(double(3)) == again\n"
    counts = "calls = []\n\n\ndef double(x):\n    calls.append(x)\n    return [len(calls)]\n"
    said = told(tmp_path, checks, counts)
    assert "Returned   [2]\n    Expected   the same as an equal call, which returned [1]\n" in said
    # What is made of another call's result is something else.
    checks = "def test_it(double):\n    'it'\n    once = list(double(3))\n    assert list(double(3)) == [2 * once[0]]\n"
    said = told(tmp_path, checks, "def double(x):\n    return [6]\n")
    assert "Returned   [6]\n" in said
    assert "an equal call" not in said
    assert "12" in said


def test_the_authors_words_say_what_does_not_hold(tmp_path: Path) -> None:
    checks = "def test_it(double):\n    'it'\n    assert double(3) {}, 'three was not doubled'\n"
    for statement in ("> 5", "== 6", "in (6,)"):
        said = told(tmp_path, checks.format(statement), "def double(x):\n    return x\n")
        assert "    Returned   3\n" in said
        assert "    Why        Three was not doubled.\n" in said
        assert "does not hold" not in said


def test_what_cannot_be_taken_apart_is_told_with_what_was_expected(tmp_path: Path) -> None:
    said = told(tmp_path, UNPACKED, "def double(x):\n    low, high = (x,)\n    return low, high\n")
    assert "Raised     ValueError: not enough values to unpack" in said
    assert "Expected   `result[0]` is 2\n" in said
    assert "Why        On the left stand more names, or fewer, than there are values on the right" in said


def test_a_library_that_is_not_there_when_it_is_graded_is_told(copy: Path) -> None:
    write(copy, f"import pytest, tqdm_of_mine\nimport yaml\n{RIGHT}")
    (copy / "exercises/m01/tqdm_of_mine.py").write_text("")
    done = run(copy, "pytest", "-W", "default", TEST)
    assert done.returncode == 0
    assert "double.py imports yaml, which is not there when it is graded" in done.stdout
    assert "tqdm_of_mine, which" not in done.stdout
    assert "imports pytest" not in done.stdout


def test_a_file_with_a_mark_of_its_encoding_is_read_as_python_reads_it(copy: Path) -> None:
    (copy / "exercises/m01/double.py").write_bytes(b"\xef\xbb\xbf" + RIGHT.encode())
    done = run(copy, "pytest", TEST)
    assert done.returncode == 0, done.stdout
