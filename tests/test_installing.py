"""Every sentence that tells somebody to install something names what is there: a package that this project itself asks
for, or a file at the reader's place. And brackets stay brackets on the way to the terminal."""

from __future__ import annotations

import io
import itertools
import re
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from winnow.console import plain_console

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
PACKAGES = {
    Requirement(line).name for lines in (PROJECT["project"]["dependencies"], *EXTRAS.values()) for line in lines
} - {"winnow-grader"}
# The command ends where its sentence goes on: at a comma, a quote, a backtick.
COMMAND = re.compile(r"\bpip install((?: +(?:'[^'\n]+'|[\w./$*<>=\[\]-]+))+)")
# The checkout, whether the reader is in it or not; the wheel that learners have, or that was built.
PLACE = re.compile(r"\.|PATH/TO/winnow|\./course|(\./engine/|PATH/TO/)?winnow_grader-\S+\.whl")


def texts() -> Iterator[tuple[str, str]]:
    """What people read: documents, the texts of the engine, what learners are given."""
    folders = [ROOT / "src", ROOT / "docs", ROOT / ".github"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    for path in (*sorted(files), *ROOT.glob("*.md"), ROOT / "Makefile"):
        if path.suffix in (".py", ".md", ".txt", ".yml", ".json", ".toml", "") and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def refused(text: str) -> list[str]:
    """What a text tells to install, and nobody has."""
    found = []
    for command in COMMAND.findall(text):
        words = [word.strip("'") for word in command.split()]
        for before, word in itertools.pairwise(["", *words]):
            if word.startswith("-") or "$" in word or before in ("-r", "--requirement"):
                continue
            name, _, extras = word.rstrip("].").partition("[") if "[" in word else (word.rstrip("."), "", "")
            there = PLACE.fullmatch(name or ".") if extras else PLACE.fullmatch(word) or name in PACKAGES
            if not there or not set(extras.split(",")) <= {"", *EXTRAS}:
                found.append(word)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pip install 'winnow[grade]'", ["winnow[grade]"]),
        ("pip install winnow", ["winnow"]),
        ("`pip install winnow-grader`", ["winnow-grader"]),
        ("pip install '.[cluster]'", []),
        ("pip install '.[clutter]'", [".[clutter]"]),
        ("pip install nbgrader nh3", []),
        ("`pip install text2qti`, else not", []),
        ("pip install --editable 'PATH/TO/winnow[learn,doctor]'", []),
        ("pip install -r requirements.txt   # all", []),
        ("pip install cosmic-ray, or leave them out", []),
    ],
)
def test_what_is_not_there_is_noticed(text: str, found: list[str]) -> None:
    assert refused(text) == found


def test_what_is_to_be_installed_is_there() -> None:
    wrong = {name: found for name, text in texts() if (found := refused(text))}
    assert wrong == {}
    assert sum(len(COMMAND.findall(text)) for _, text in texts()) >= 10
    assert not [name for name, text in texts() if re.search(r"winnow\[[a-z]", text) and "PATH/TO/winnow[" not in text]


def test_brackets_and_colons_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    said = "note: pip install '.[grade]' for [bold]Kim[/bold] :x: 12"
    out = io.StringIO()
    plain_console(out).print(said)
    assert out.getvalue() == said + "\n"
    with redirect_stderr(io.StringIO()) as error:
        plain_console(stderr=True).print(said, style="dim")
    assert error.getvalue() == said + "\n"


def test_commands_print_through_a_plain_console() -> None:
    # The quiz writes markup of its own, and escapes what it did not write.
    made = [path for path in (ROOT / "src/winnow").rglob("*.py") if re.search(r"\bConsole\(", path.read_text())]
    assert {path.relative_to(ROOT / "src/winnow").as_posix() for path in made} == {"console.py", "commands/quiz.py"}
