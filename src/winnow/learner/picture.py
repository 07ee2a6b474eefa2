"""The picture of an exercise: `exercises/<module>/<exercise>_picture.py` draws it with the learner's functions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winnow.checks.modules import load_module, load_part
from winnow.course import Exercise
from winnow.errors import UsageError
from winnow.learner.own_code import broken, load_own, untouched
from winnow.worker.closed import guard

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (8.0, 5.0)
"""Inches."""
DOTS = 150
"""Per inch."""


RED = "#b00020"
CURVE = 5
"""Points from which on a line is a curve, and no mark."""
AS_IT_SHOULD_BE = "as it should be"
Shapes = list[list[list[list[float]]]]
"""By axes and line: the x and the y of its points."""


class NotDrawnError(Exception):
    """The learner's functions do not draw the picture yet; the message says why."""


def draw(exercise: Exercise, out: Path, remark: str = "") -> None:
    """Draw the picture of `exercise` with the learner's functions, into the PNG file `out`, with a remark below it.

    Where the shape that its curves should have is handed out, it is drawn beside them.

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

    if said := broken(exercise):
        raise NotDrawnError(said)
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
        from winnow.diagnosis.public import described
        from winnow.diagnosis.words import your_code

        raised = described(error, exercise.stub)
        if raised.where:
            said = your_code(raised)
        elif "NoneType" in raised.text:
            said = "No picture can be drawn: your function returned None. Is a `return` missing?"
        else:
            text = f"{raised.name}: {raised.text}" if raised.text else raised.name
            said = f"No picture can be drawn with what your code returns ({text})."
        raise NotDrawnError(f"{said} More: winnow check {exercise.id}") from None
    with suppress(OSError, ValueError, TypeError):
        beside(figure, json.loads(shapes_of(exercise).read_text(encoding="utf-8")))
    if remark:
        figure.supxlabel(remark, color=RED, fontsize=10)
    figure.savefig(out, format="png")


def shapes_of(exercise: Exercise) -> Path:
    """The file with the curves as they should be; few exercises have one."""
    return exercise.path("exercises", f"{exercise.id}_picture.json")


def right_curves(exercise: Exercise) -> Shapes:
    """The curves of the picture of an exercise, drawn with the reference: for the course, which has it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, dpi=DOTS, layout="constrained")
    module = load_part(exercise, exercise.solution, "solution")
    functions = {name: getattr(module, name) for name in exercise.functions}
    recipe = exercise.path("exercises", f"{exercise.id}_picture.py")
    load_module(recipe, f"picture_of_{exercise.id}").draw(figure, **functions)
    return curves(figure)


def curves(figure: Figure) -> Shapes:
    """The curves of a picture, by their axes: for each the x and the y of its points, with five digits."""

    def rounded(values: Any) -> list[float]:
        return [float(f"{float(value):.5g}") for value in values]

    return [
        [[rounded(line.get_xdata()), rounded(line.get_ydata())] for line in axes.get_lines()] for axes in figure.axes
    ]


def beside(figure: Figure, shapes: Shapes) -> None:
    """Draw those curves as they should be, dashed, that are not so; points without a line as rings."""
    import numpy as np

    for axes, wanted in zip(figure.axes, shapes, strict=True):
        told = False
        for line, (x, y) in zip(axes.get_lines(), wanted, strict=True):
            drawn = np.asarray(line.get_ydata(), dtype=float)
            right = drawn.shape == np.shape(y) and np.allclose(drawn, y, rtol=1e-3, atol=1e-3, equal_nan=True)
            if right or len(x) < CURVE:
                continue
            joined = line.get_linestyle() not in ("None", "", " ")
            style: dict[str, Any] = (
                {"ls": "--", "lw": 1.5} if joined else {"ls": "", "marker": "o", "ms": 9, "mfc": "none"}
            )
            axes.plot(x, y, color=RED, label=AS_IT_SHOULD_BE, **style)
            if not told:
                told = _name(axes, x, y)


def _name(axes: Axes, x: list[float], y: list[float]) -> bool:
    """Write what a curve is beside one of its points that can be seen; whether there is one."""
    low, high = sorted(axes.get_ylim())
    places = list(zip(x, y, strict=True))
    seen = [(a, b) for a, b in (*places[len(x) // 8 :], *places) if low <= b <= high]
    if seen:
        white = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
        axes.annotate(AS_IT_SHOULD_BE, seen[0], color=RED, fontsize=9, bbox=white)
    return bool(seen)


def open_file(path: Path) -> None:
    """Show a file in the program that the desktop has for it, where there is a desktop."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.startfile(path)
        elif sys.platform == "darwin":
            subprocess.Popen(["open", str(path)])
        elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            subprocess.Popen(["xdg-open", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
