"""Notebooks as .py files: what their exporters put into comments and strings, where a definition may stand."""

from __future__ import annotations

import re

from .names import Names, names_in

_COLAB = "# Commented out IPython magic to ensure Python compatibility."
_CELL_MAGIC = re.compile(r"# ?%%\w")
_PYTHON_CELL = re.compile(r"^# MAGIC %python[ \t]*\n((?:# MAGIC\b.*(?:\n|\Z))*+)", re.MULTILINE)
_MAGIC = re.compile(r"^# MAGIC ?", re.MULTILINE)
_COMMENTED_RUN = re.compile(r"^# (?:MAGIC )?(?=%run[ \t])", re.MULTILINE)
# What Colab, Databricks and Jupytext say in the files that they write. Elsewhere such a comment is the learner's own.
_COMMENTING = re.compile(rf"^(?:{_COLAB}|# Databricks notebook source|# {{2,5}}jupytext:)", re.MULTILINE)
_IN_STRINGS = "get_ipython().run_cell_magic("
# Where a line begins in the string of an exported cell.
_BREAK = re.compile(r"\\n|(?<=, )[\"']")


def uncommented(text: str) -> str:
    """A text without the signs that Colab puts before every line of a cell whose first is a cell magic, and those that
    exporters put before `%run`, and Databricks before a cell that says that it is Python."""
    if "# MAGIC %python" in text:
        text = _PYTHON_CELL.sub(lambda found: "\n" + _MAGIC.sub("", found[1]), text)
    if "%run" in text and _COMMENTING.search(text):
        text = _COMMENTED_RUN.sub("", text)
    if _COLAB not in text:
        return text
    lines = text.split("\n")
    inside = False
    for number, line in enumerate(lines):
        if number and lines[number - 1] == _COLAB and _CELL_MAGIC.match(line):
            inside = True
        inside = inside and line.startswith("#")
        if inside:
            lines[number] = line[1:].removeprefix(" ")
    return "\n".join(lines)


def names_of(text: str) -> Names:
    """The names that a file defines, also in the cells that nbconvert and VS Code make strings of."""
    return names_in(_BREAK.sub("\n", text) if _IN_STRINGS in text else text)
