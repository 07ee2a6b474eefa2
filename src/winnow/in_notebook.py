"""Public checks in a notebook: every check of an exercise is run and told as in a terminal, and `%winnow` works.

A cell has the checks as plain functions; `run` is what it calls where winnow is installed.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

import pytest

from winnow.course import CourseError, Exercise, find_root, load
from winnow.learner.own_code import LocalFunction, OwnCall
from winnow.learner.state import copy_at
from winnow.record import EXPLAINED

Check = Callable[[], None]
ALONE = (
    "This notebook stands alone, and %winnow works in the folder of a course. "
    "What `winnow check` says, the cells of public checks say here."
)
HINTS_ALONE = "This notebook stands alone: its hints are in the statement of each exercise, to be opened there."


class ChecksFailedError(Exception):
    """Some checks do not pass. All of it is told already, so a notebook shows no traceback."""

    def _render_traceback_(self) -> list[str]:
        return []


def run(
    exercise: str,
    checks_of: Callable[..., Sequence[Check]],
    hints: int = 0,
    slips: str = "",
    /,
    **functions: Callable[..., Any] | None,
) -> None:
    """Run the public checks of an exercise on the learner's functions, and tell every one.

    Args:
        checks_of: makes the checks, given the functions.
        hints: how many the statement above has, to be opened there.
        slips: the commonest slips, packed, for where there is no course beside the notebook.
        functions: those of the exercise, by name; None for one that no cell has defined.

    Raises:
        ChecksFailedError: not all pass.
    """
    there = {name: function for name, function in functions.items() if function is not None}
    if len(there) < len(functions):
        name = next(name for name in functions if name not in there)
        print(f"· {name} is not there yet: write it in the cell above, and run that cell without an error.")
        raise ChecksFailedError(f"{name} is not there yet")
    calls: list[OwnCall] = []
    known, said, failed = _known(exercise), set(), 0
    own = [inspect.unwrap(function) for function in there.values()]
    cells = frozenset(one.__code__.co_filename for one in own if hasattr(one, "__code__"))
    checks = checks_of(**{name: LocalFunction(name, function, calls) for name, function in there.items()})
    for check in checks:
        calls.clear()
        title = " ".join((check.__doc__ or check.__name__).split())
        try:
            check()
        except NotImplementedError as error:
            if not _is_own(error, cells):
                raise
            print(f"· {exercise} is not started: write the function in the cell above, and run it.")
            raise ChecksFailedError(f"{exercise} is not started") from None
        except (Exception, pytest.fail.Exception) as error:
            failed += 1
            facts = _facts(error, list(calls), check, cells, known, slips) if failed <= EXPLAINED else []
            if facts and hints:
                facts.append(("Hint", f"%winnow hint {exercise}" if known else "open one in the statement above"))
            print(f"✗ {title}")
            for label, text in facts:
                if label != "Why" or text not in said:
                    print(f"    {label:<11}" + text.replace("\n", "\n" + " " * 15))
                said.add(text)
        else:
            print(f"✓ {title}")
    if failed:
        if failed > EXPLAINED:
            print("The first two are told in full: mend these, and run the cell again.")
        raise ChecksFailedError(f"{failed} of {len(checks)} public checks of {exercise} do not pass")
    print(f"{exercise}: all public checks pass. When it is graded, hidden checks are run, too.")


def _known(name: str) -> Exercise | None:
    """The exercise as the course has it, where the notebook lies in a copy of the course."""
    root = _course()
    with contextlib.suppress(CourseError):
        return next((one for one in load(root).exercises if one.id == name), None) if root else None
    return None


def _course() -> Path | None:
    """The course's folder that the notebook lies in; None where it stands alone."""
    with contextlib.suppress(CourseError):
        return find_root()
    return None


def _is_own(error: BaseException, cells: frozenset[str]) -> bool:
    """Whether an exception comes from the learner's own line."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step is not None and step.tb_frame.f_code.co_filename in cells


def _facts(
    error: BaseException,
    calls: list[OwnCall],
    check: Check,
    cells: frozenset[str],
    known: Exercise | None,
    packed: str,
) -> list[tuple[str, str]]:
    """Label and text of each line under a failed check."""
    from winnow.checks.calls import Call
    from winnow.diagnosis import public_slips
    from winnow.diagnosis.asserted import failed_lines
    from winnow.diagnosis.public import described, explain, seen
    from winnow.worker.observe import Observation

    own = Path(next(iter(cells), "cell"))
    observed = [
        seen(one.request, Call(one.args, one.kwargs), Observation(one.value) if one.error is None
             else Observation(raised=described(one.error, own)))
        for one in calls
    ]  # fmt: skip
    file = Path(check.__code__.co_filename)
    lines = failed_lines(error, file)
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        # The checks as a file, as they are in the course: their lines are those of the cell.
        copy = Path(folder) / (known.public_checks.name if known else "test_cell.py")
        text = _cell(check)
        copy.write_text(text, encoding="utf-8")
        compared = _compared(error, text, file, lines[-1])
        slips = known.public_checks if known else copy
        if not known and packed:
            with contextlib.suppress(ValueError):
                public_slips.unpack(packed, public_slips.path(copy))
        told = explain(error, observed, compared, copy, own, lines, slips)
    shown = told.counterexample
    rows = [*(shown.facts if shown else ()), ("Why", told.why)]
    return [(label, text.replace(f"of {own.name}", "of your cell")) for label, text in rows if text]


def _cell(check: Check) -> str:
    """The whole text of the cell that a check is in."""
    lines, _ = inspect.findsource(check)
    return "".join(lines)


def _compared(error: BaseException, text: str, file: Path, line: int) -> tuple[Any, Any] | None:
    """Both sides of the `==` that failed: what came is in variables of the check, and the rest can be had again."""
    if not isinstance(error, AssertionError):
        return None
    step, frame = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == str(file):
            frame = step.tb_frame
        step = step.tb_next
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or 0) and frame is not None:
            match node.test:
                case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]) if _asks_nothing(left):
                    sides = [compile(ast.Expression(side), str(file), "eval") for side in (left, right)]
                    with contextlib.suppress(Exception):
                        got, want = (eval(side, frame.f_globals, frame.f_locals) for side in sides)
                        return got, want
    return None


def _asks_nothing(left: ast.expr) -> bool:
    """Whether what came can be had again without a call of a function that the learner may have written."""
    calls = [node.func for node in ast.walk(left) if isinstance(node, ast.Call)]
    return all(isinstance(one, ast.Name) and one.id in ("float", "len", "list", "sorted", "tuple") for one in calls)


def _magic(line: str) -> None:
    """`%winnow hint mae`: what `winnow hint mae` says."""
    from winnow.cli import main

    if copy_at(Path.cwd()) is None and _course() is None:
        print(HINTS_ALONE if line.split()[:1] == ["hint"] else ALONE)
        return

    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(_AsMagic(sys.stdout)):
        main(shlex.split(line))
    print(said.getvalue(), end="")


class _AsMagic(io.TextIOBase):
    """What commands print, with commands as a notebook has them: `%winnow hint mae`."""

    _COMMAND = re.compile(r"(?<![%\w./-])winnow (?=(?:check|compare|hint|quiz|reset|show|watch)\b)")

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, text: str) -> int:
        """Write it on."""
        self.out.write(self._COMMAND.sub("%winnow ", text))
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""
        self.out.flush()


def _register() -> None:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        shell.register_magic_function(_magic, "line", "winnow")


_register()
