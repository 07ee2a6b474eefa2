"""The picture of an exercise: `exercises/<module>/<exercise>_picture.py` draws it with the learner's functions."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from winnow.checks.modules import load_module
from winnow.course import Exercise
from winnow.errors import UsageError
from winnow.learner.own_code import load_own, untouched
from winnow.worker.closed import guard
from winnow.worker.observe import describe

SIZE = (8.0, 5.0)
"""Inches."""
DOTS = 150
"""Per inch."""


class NotDrawnError(Exception):
    """The learner's functions do not draw the picture yet; the message says why."""


def draw(exercise: Exercise, out: Path) -> None:
    """Draw the picture of `exercise` with the learner's functions, into the PNG file `out`.

    Raises:
        NotDrawnError: a function is not started, or raises.
        UsageError: the exercise has no picture, or matplotlib is missing.
        OSError: the file cannot be written.
    """
    recipe = exercise.path("exercises", f"{exercise.id}_picture.py")
    if not recipe.is_file():
        raise UsageError(f"there is no picture for {exercise.id}")
    try:
        import matplotlib
    except ImportError:
        raise UsageError("pictures are drawn with matplotlib: pip install matplotlib") from None
    # Needs no display, and leaves no window open.
    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    stubs = untouched(exercise)
    if stubs:
        names = [name for name in exercise.functions if name in stubs]
        verb = "is" if len(names) == 1 else "are"
        raise NotDrawnError(f"{', '.join(names)} {verb} not started: the picture is drawn with your function")
    figure = Figure(figsize=SIZE, dpi=DOTS, layout="constrained")
    try:
        guarding = guard(exercise.closed, [exercise.stub.read_text(encoding="utf-8")])
        module = load_own(exercise)
        functions = {name: guarding(getattr(module, name)) for name in exercise.functions}
        load_module(recipe, f"picture_of_{exercise.id}").draw(figure, **functions)
    except Exception as error:
        raised = describe(error, frozenset({str(exercise.stub)}))
        line = raised.where.rpartition(":")[2]
        place = f", line {line} of {exercise.stub.name}" if line else ""
        text = f": {raised.text}" if raised.text else ""
        raise NotDrawnError(f"your code raised {raised.name}{text}{place}; winnow check {exercise.id}") from None
    figure.savefig(out, format="png")


def open_file(path: Path) -> None:
    """Show a file in the program that the desktop has for it, where there is a desktop."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.startfile(path)
        elif sys.platform == "darwin":
            subprocess.Popen(["open", str(path)])
        elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            subprocess.Popen(["xdg-open", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
