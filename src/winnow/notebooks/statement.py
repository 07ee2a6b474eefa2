"""The statement of an exercise as Markdown: what its stub's docstrings say, and its formulas where there are any."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

from winnow.course import Exercise

_SECTIONS = {"Args:": "**Arguments**", "Returns:": "**Returns**", "Raises:": "**Raises**"}
_ENTRY = re.compile(r"(\*{0,2}\w+(?:, \*{0,2}\w+)*): (.*)", re.DOTALL)
# What means something: of `*` not one between blanks, of `_` that at an end of a word, of `]` that of a link, of `<`
# that of HTML; `#`, `>` and `[` where a line begins.
_SPECIAL = re.compile(r"(\\|\$|(?<! )\*|\*(?! )|(?<![^\W_])_|_(?![^\W_])|\](?=[\[(])|<(?=[A-Za-z/!?])|^[#>\[])")


def statement(exercise: Exercise) -> str:
    """Title, formulas and the docstrings of the stub."""
    tree = ast.parse(exercise.stub.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    worth = f"{exercise.points:g} points, about {exercise.minutes} minutes"
    parts = [f"## {escaped(exercise.title)}", f"*{worth}*"]
    formulas = exercise.path("exercises", f"{exercise.id}.md")
    if formulas.is_file():
        parts.append(formulas.read_text(encoding="utf-8").strip())
    head = ast.get_docstring(tree) or ""
    # The docstring of a file with one function is its title once more.
    if len(exercise.functions) > 1:
        parts += _blocks(head.partition("\n\n")[2])
    for name in exercise.functions:
        node = functions[name]
        parts.append(f"### `{_signature(node)}`")
        parts += _blocks(ast.get_docstring(node, clean=True) or "")
    return "\n\n".join(part for part in [*parts, _hints(exercise)] if part)


def _hints(exercise: Exercise) -> str:
    """The hints, each behind a click on the one before it."""
    folded = ""
    for number, hint in reversed(list(enumerate(exercise.hints, 1))):
        title = f"Hint {number} of {len(exercise.hints)}"
        folded = f"<details><summary>{title}</summary>\n\n{escaped(hint)}\n\n{folded}</details>"
    return folded


def escaped(text: str) -> str:
    """Text in which only `code` is marked up."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _SPECIAL.sub(r"\\\1", text)
    return "".join(f"`{part}`" if at % 2 else _SPECIAL.sub(r"\\\1", part) for at, part in enumerate(parts))


def _signature(node: ast.FunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"


def _blocks(docstring: str) -> Iterator[str]:
    """The paragraphs, lists and examples of a docstring, each as a block of Markdown."""
    for block in re.split(r"\n\s*\n", inspect.cleandoc(docstring)):
        lines = block.split("\n")
        in_section = lines[0] in _SECTIONS or lines[0].startswith(" ")
        if lines[0] in _SECTIONS:
            yield _SECTIONS[lines[0]]
            lines = inspect.cleandoc("\n" + "\n".join(lines[1:])).split("\n")
        if lines[0].lstrip().startswith(">>>"):
            yield "```pycon\n" + inspect.cleandoc("\n" + "\n".join(lines)) + "\n```"
        elif any(line.strip() for line in lines):
            yield _items(inspect.cleandoc("\n" + "\n".join(lines)).split("\n"), in_section)


def _items(lines: list[str], in_section: bool) -> str:
    """A paragraph, or a list where the lines are entries `- text`, or in a section `name: text`."""

    def is_entry(line: str) -> bool:
        return line.startswith("- ") or bool(in_section and _ENTRY.match(line))

    entries: list[str] = []
    for line in lines:
        if is_entry(line) or not entries:
            entries.append(line.strip())
        else:
            entries[-1] += " " + line.strip()
    if not is_entry(entries[0]):
        return escaped(" ".join(entries))
    return "\n".join(f"- {_item(entry.removeprefix('- '))}" for entry in entries)


def _item(entry: str) -> str:
    found = _ENTRY.fullmatch(entry)
    if not found:
        return escaped(entry)
    names = ", ".join(f"`{name}`" for name in found[1].split(", "))
    return f"{names}: {escaped(found[2])}"
