"""Reads one TOML table strictly: every entry of the right type, and none left over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from winnow.quiz.question import QuizError


def load(path: Path, shown: str) -> dict[str, Any]:
    """The TOML file at `path`, called `shown` in messages. Raises QuizError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise QuizError(f"{shown} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise QuizError(f"{shown} is not valid TOML: {error}") from None


class TomlTable:
    """One table of a file; `where` opens every message. Call `done` when all that is known was taken."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise QuizError(f"{where} must be a table, not {data!r}")
        self.data: dict[str, Any] = dict(data)
        self.where = where

    def take(self, name: str, default: Any = None) -> Any:
        """The entry `name`, of whatever type. Raises QuizError when it is not there and there is no
        default."""
        if name in self.data:
            return self.data.pop(name)
        if default is None:
            raise QuizError(f"{self.where} has no {name}")
        return default

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not blank, unless its default is."""
        value = self.take(name, default)
        if not isinstance(value, str) or not (value.strip() or value == default):
            raise QuizError(f"{self.where}: {name} must be a text that says something, not {value!r}")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number above or equal to 0."""
        value = self.take(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise QuizError(f"{self.where}: {name} must be a number of at least 0, not {value!r}")
        return float(value)

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, none blank."""
        value = self.take(name, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item.strip() for item in value):
            raise QuizError(f"{self.where}: {name} must be a list of texts, not {value!r}")
        return tuple(value)

    def labelled(self, name: str) -> Mapping[str, str]:
        """A table from short labels to texts, in the order of the file."""
        inner = TomlTable(self.take(name), f"{self.where}: {name}")
        return {label: inner.text(label) for label in tuple(inner.data)}

    def tables(self, name: str) -> tuple[TomlTable, ...]:
        """A list of tables; none at all when the entry is missing."""
        value = self.take(name, ())
        if not isinstance(value, list | tuple):
            raise QuizError(f"{self.where}: {name} must be a list of tables, not {value!r}")
        return tuple(TomlTable(item, f"{self.where}: {name} {index}") for index, item in enumerate(value, start=1))

    def done(self) -> None:
        """Raise QuizError when an entry was not taken: most likely it is misspelt."""
        if self.data:
            raise QuizError(f"{self.where} has an unknown entry {next(iter(self.data))}")
