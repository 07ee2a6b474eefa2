"""The pictures of the documentation, taken from the real thing: `make pictures`. Needs Chromium."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "img"
TOO_LATE = """import numpy as np


def mae(y_true, y_pred):
    return float(abs(np.mean(np.subtract(y_true, y_pred))))
"""
WINNOW = [sys.executable, "-m", "winnow.cli"]


def said(command: list[str], folder: Path, shown: str) -> Text:
    """What a command prints in a terminal of 80 columns, with its colours."""
    environment = os.environ | {
        "COLUMNS": "80",
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
        "CI": "",
        "BUILD_NUMBER": "",
    }
    environment.pop("NO_COLOR", None)
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    return Text.assemble(("$ " + shown + "\n", "bold"), Text.from_ansi(re.sub(r"in \d+\.\d+s", "in 0.4s", done.stdout)))


def terminal(text: Text, path: Path) -> None:
    """The text as an SVG of a terminal, in whatever fonts the reader has."""
    console = Console(record=True, width=82, file=io.StringIO(), highlight=False)
    console.print(text)
    svg = console.export_svg(title="", theme=DEFAULT_TERMINAL_THEME, unique_id="terminal")
    svg = re.sub(r"@font-face \{.*?\}\n", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    path.write_text("".join(f"{line.rstrip()}\n" for line in svg.splitlines()), encoding="utf-8")


def page(html: Path, path: Path, height: int) -> None:
    """The top of a page, 1100 pixels wide, in few enough colours to be small."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    command = [browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--force-color-profile=srgb"]
    subprocess.run([*command, f"--window-size=1100,{height}", f"--screenshot={path}", html.as_uri()], check=True)
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


def main() -> None:
    """Release, grade, and take the pictures."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        copy, results = Path(scratch) / "copy", Path(scratch) / "results"
        subprocess.run([*WINNOW, "release", str(copy)], cwd=ROOT, check=True)
        (copy / "exercises/m05_losses/mae.py").write_text(TOO_LATE, encoding="utf-8")
        checks = "exercises/m05_losses/test_mae.py"
        terminal(said([sys.executable, "-m", "pytest", "-q", checks], copy, f"pytest -q {checks}"), OUT / "learner.svg")
        subprocess.run([*WINNOW, "grade", "examples/class", "--out", str(results)], cwd=ROOT, check=True)
        page(results / "report.html", OUT / "report.png", 900)
        page(results / "feedback" / "s04.html", OUT / "feedback.png", 900)


if __name__ == "__main__":
    main()
