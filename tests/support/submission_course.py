"""A course in four lines and quick ways to hand something in, for the tests of reading submissions."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from winnow.course import Exercise
from winnow.submission import Source, Submission, read_submission


def exercise(name: str, *functions: str) -> Exercise:
    """An exercise of which only the names matter."""
    return Exercise(name, "m05_losses", name, functions or (name,), ("numpy",), 10.0, 10, 1, (), Path("course"))


EXERCISES = (
    exercise("mae"),
    exercise("robust_losses", "mse", "huber", "log_cosh", "quantile", "loss_grad"),
    exercise("mlp_forward"),
    exercise("groupby_na"),
)

MAE = "def mae(y_true, y_pred):\n    return 0.625\n"


def submit(path: Path, files: dict[str, bytes | str] | bytes | str) -> Submission:
    """Write `files` (a folder by relative path, or one file) and read them as the submission at `path`."""
    if isinstance(files, dict):
        path.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    else:
        path.write_bytes(files if isinstance(files, bytes) else files.encode())
    return read_submission("kim", path, EXERCISES)


def text_of(source: Source) -> str:
    """All code of a source."""
    return "\n".join(cell.source for cell in source.cells)


def code_cell(source: Any, **more: Any) -> dict[str, Any]:
    """A code cell of nbformat 4."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: Any, **more: Any) -> str:
    """A notebook of nbformat 4; a string stands for a code cell with that source."""
    made = [code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more})


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
