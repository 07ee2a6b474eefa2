"""Builds the engine as a wheel, from the source that this very program runs from. Needs no network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import winnow
from winnow.errors import UsageError


def source() -> Path:
    """The folder with the engine's pyproject.toml.

    Raises:
        UsageError: winnow runs from an installed copy, which no wheel can be built from.
    """
    folder = Path(winnow.__file__).resolve().parents[2]
    if not (folder / "pyproject.toml").is_file():
        raise UsageError(
            "the engine's source is not here, and learners need it as a wheel: install winnow with "
            "`pip install --editable` from its checkout, or give --wheel FILE"
        )
    return folder


def build_wheel(folder: Path) -> Path:
    """Build the wheel into `folder`; return the file.

    Raises:
        UsageError: hatchling is missing, or cannot build it.
    """
    if importlib.util.find_spec("hatchling") is None:
        raise UsageError("the engine's wheel is built with hatchling: pip install hatchling, or give --wheel FILE")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder.resolve())]
    done = subprocess.run(command, cwd=source(), capture_output=True, text=True, errors="replace", check=False)
    built = sorted(folder.glob("*.whl"))
    if done.returncode or not built:
        raise UsageError(f"the engine's wheel could not be built: {(done.stderr or done.stdout).strip()[-800:]}")
    return built[-1]
