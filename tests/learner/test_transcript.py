"""The transcript in docs/learners.md is what a learner sees in a fresh copy. A line `...` in it stands for lines that
are left out."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from winnow.course import find_root, load
from winnow.release import bundle, unpack

from ..support.learners_copy import run

ROOT = find_root(Path(__file__).parent)
MAE = "exercises/m05_losses/mae.py"
# The mended text is not printed: it is the solution, and learners read that page.
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$|^(Mended):$", re.MULTILINE | re.DOTALL)


def section() -> str:
    """docs/learners.md from `## The first five minutes` to the next heading of that rank."""
    text = (ROOT / "docs" / "learners.md").read_text(encoding="utf-8")
    assert "\n## The first five minutes\n" in text
    return text.split("\n## The first five minutes\n", 1)[1].split("\n## ", 1)[0]


def plain(said: str) -> list[str]:
    """The lines without times and trailing space; columns are as wide as the course's longest name, so how wide they
    are does not count."""
    said = re.sub(r"in \d+\.\d+s\b", "in TIME", said)
    return [re.sub(r"(?<=\S) {2,}", "  ", line.rstrip()) for line in said.strip("\n").splitlines()]


def is_shown(shown: list[str], seen: list[str]) -> bool:
    """Whether the lines that were seen are those that are shown, but for what `...` leaves out."""
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in seen)) is not None


def test_only_what_is_marked_may_be_left_out() -> None:
    assert is_shown(["a", "...", "d"], ["a", "b", "c", "d"])
    assert is_shown(["a", "...", "b"], ["a", "b"])
    assert not is_shown(["a", "...", "d"], ["a", "b", "c"])
    assert not is_shown(["a", "d"], ["a", "b", "d"])


def played(copy: Path) -> tuple[list[str], list[str]]:
    """What the section shows and what happens, command by command; a Python block is what the learner writes."""
    shown: list[str] = []
    seen: list[str] = []
    for kind, text, mended in BLOCK.findall(section()):
        if mended:
            shutil.copy(ROOT / "solutions" / "m05_losses" / "mae.py", copy / MAE)
            continue
        if kind == "python":
            (copy / MAE).write_text(text, encoding="utf-8")
            continue
        for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
            command, _, said = part.removeprefix("$ ").partition("\n")
            if part.strip():
                shown += [command, *plain(said)]
                seen += [command, *plain(run(copy, *shlex.split(command), COLUMNS="80", CI="", BUILD_NUMBER="").stdout)]
    return shown, seen


def test_the_transcript_for_learners_is_true(tmp_path: Path) -> None:
    wheel = tmp_path / "winnow-0-py3-none-any.whl"
    wheel.write_bytes(b"")
    unpack(bundle(load(ROOT), b"secret", wheel), tmp_path / "copy")
    shown, seen = played(tmp_path / "copy")
    assert is_shown(shown, seen), (shown, seen)
    assert len([line for line in shown if line.startswith(("winnow", "pytest"))]) >= 4
