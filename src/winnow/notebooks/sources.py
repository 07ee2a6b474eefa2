"""The code of a notebook's cells, cut out of the files of an exercise as text."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

from winnow.course import CourseError, Exercise
from winnow.diagnosis import public_slips
from winnow.worker.operators import OPERATORS

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def solution(exercise: Exercise) -> str:
    """The stub, and in each of its functions the body of the reference between nbgrader's solution marks.

    What the reference has beside its functions (imports, helpers) stands behind the body of the first one, within
    its marks: nothing of it is left when nbgrader clears them, and a function is called only when all is defined.
    """
    stub, reference = _File(exercise, exercise.stub), _File(exercise, exercise.solution)
    given = {ast.dump(node) for node in stub.tree.body if isinstance(node, ast.Import | ast.ImportFrom)}
    helpers = [
        reference.text_of(node)
        for node in reference.tree.body
        if node not in reference.functions.values() and ast.dump(node) not in given and not _is_text(node)
    ]
    parts = []
    for node in stub.tree.body:
        if _is_text(node):
            continue
        if not isinstance(node, ast.FunctionDef) or node.name not in exercise.functions:
            parts.append(stub.text_of(node))
            continue
        first = node.name == next(name for name in stub.functions)
        parts.append(_filled(stub, reference, node.name, helpers if first else []))
    return _joined(parts)


def _filled(stub: _File, reference: _File, name: str, helpers: list[str]) -> str:
    node = stub.functions[name]
    indent = " " * node.body[0].col_offset
    head = stub.lines[node.lineno - 1 : node.body[0].lineno - 1]
    summary = (ast.get_docstring(node) or "").partition("\n")[0].replace("\\", "\\\\")
    doc = [f'{indent}"""{summary}"""'] if summary else []
    # Between docstring and `raise`: a remark where to start, and code that is given.
    start = (node.body[0].end_lineno or 0) if summary else node.body[0].lineno - 1
    remarks = [line for line in stub.lines[start : node.body[-1].lineno - 1] if line.strip()]
    answer = reference.functions[name]
    documented = ast.get_docstring(answer) is not None
    after = (answer.body[0].end_lineno or 0) if documented else answer.body[0].lineno - 1
    body = reference.lines[after : answer.end_lineno]
    behind = ["", "", *_joined(helpers).split("\n")] if helpers else []
    return "\n".join([*head, *doc, *remarks, indent + BEGIN, *body, *behind, indent + END])


RUN = """\
try:
    from winnow.in_notebook import run
except ImportError:  # Without winnow the checks are plain assertions.

    def run(exercise, checks, hints, slips, /, **functions):
        if None in functions.values():
            raise NameError(f"{{exercise}} is not there yet: run the cell above")
        for check in checks(**functions):
            check()
        print(f"{{exercise}}: all public checks pass.")


# The text is packed: what the commonest slips return, by which their sentences are found.
run("{exercise}", checks_of_{exercise}, {hints}, "{slips}", {given})"""


def public_checks(exercise: Exercise) -> str:
    """The public checks as functions of plain assertions that need no fixtures, and a call that runs them all.

    Everything stands in a function, so that no name of a check takes the place of one of the learner's.
    """
    checks = _File(exercise, exercise.public_checks)
    parts, names = [], []
    for node in checks.tree.body:
        if _is_text(node) or (isinstance(node, ast.ImportFrom) and node.module == "winnow.checks"):
            continue
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            title = " ".join((ast.get_docstring(node) or node.name).split())
            body = textwrap.indent(checks.body_of(node), "    ")
            parts.append(f"    def {node.name}():\n        {_quoted(title)}\n{body}")
            names.append(node.name)
        elif isinstance(node, ast.FunctionDef):
            # A driver is a plain function here, where the learner's function is at hand.
            plain = checks.lines[node.lineno - 1 : node.end_lineno]
            parts.append(textwrap.indent("\n".join(plain), "    "))
        else:
            parts.append(textwrap.indent(checks.text_of(node), "    "))
    parts.append(f"    return [{', '.join(names)}]")
    parameters = ", ".join(exercise.functions)
    checked = f"def checks_of_{exercise.id}({parameters}):\n{_joined(parts, inner=True)}"
    # A cell above that is not run, or that Python cannot read, has left no function.
    found = {name: f'globals().get("{name}")' for name in exercise.functions}
    given = ", ".join(f"{name}={one}" for name, one in found.items())
    if exercise.closed:
        # Closed calls raise inside the exercise's functions, and nowhere else; the kernel may be without winnow.
        # What is private to a library nobody meets there by chance.
        met = [path for path in exercise.closed if not path.startswith(OPERATORS) and "._" not in path]
        paths = ", ".join(f'"{path}"' for path in met)
        given = ", ".join(f"{name}=closed({one}, {paths})" for name, one in found.items())
        checked = f"{CLOSED}\n\n\n{checked}"
    slips = public_slips.packed(public_slips.path(exercise.public_checks))
    call = RUN.format(exercise=exercise.id, hints=len(exercise.hints), slips=slips, given=given)
    return f"{checked}\n\n\n{call}"


def _quoted(title: str) -> str:
    """A title as a docstring, whatever quotation marks are in it."""
    return f'"""{title}"""' if not title.endswith('"') and "\\" not in title else repr(title)


CLOSED = '''\
def closed(function, *paths):
    """The function, which cannot call what it is to do itself."""
    import contextlib
    import pkgutil
    import sys
    import types
    import unittest.mock

    def places(path):
        thing, (holder, _, name) = pkgutil.resolve_name(path), path.rpartition(".")
        if isinstance(thing, types.ModuleType):
            names = [name for name in getattr(thing, "__all__", dir(thing)) if not name.startswith("_")]
            return [one for name in names if callable(getattr(thing, name)) for one in places(f"{path}.{name}")]
        if isinstance(thing, type):
            return [(path, thing, name) for name in ("__init__", "forward", "step") if name in vars(thing)]
        return [(path, pkgutil.resolve_name(holder), name)] if callable(thing) else []

    def guarded(*args, **kwargs):
        with contextlib.ExitStack() as stack:
            for path, holder, name in found:

                def refuse(*args, path=path, **kwargs):
                    raise RuntimeError(f"{path} is what you are to write here.")

                imported = {key: one for key, one in own.items() if one is vars(holder).get(name)}
                stack.callback(own.update, imported)
                own.update(dict.fromkeys(imported, refuse))
                stack.enter_context(unittest.mock.patch.object(holder, name, refuse))
            return function(*args, **kwargs)

    if function is None:
        return None
    own = getattr(function, "__globals__", {})
    found = [one for path in paths if path.partition(".")[0] in sys.modules for one in places(path)]
    guarded.__wrapped__ = function
    return guarded'''


def picture(exercise: Exercise) -> str | None:
    """The code that draws the exercise's picture from the learner's functions; None where it has no picture."""
    path = exercise.path("exercises", f"{exercise.id}_picture.py")
    if not path.is_file():
        return None
    file = _File(exercise, path)
    drawing = _joined([file.text_of(node) for node in file.tree.body if not _is_text(node)])
    names = ", ".join(f"{name}={name}" for name in exercise.functions)
    one = exercise.functions[0] if len(exercise.functions) == 1 else "the functions"
    return (
        f"{drawing}\n\n\nimport matplotlib.pyplot as plt\n\n"
        'figure = plt.figure(layout="constrained")\n'
        f"try:\n    draw(figure, {names})\nexcept (NameError, NotImplementedError):\n    plt.close(figure)\n"
        f'    print("Write {one} first and run its cell; then run this one again.")\nelse:\n    plt.show()'
    )


class _File:
    """A Python file of the course as lines and as a tree."""

    def __init__(self, exercise: Exercise, path: object) -> None:
        self.path = str(path)
        text = Path(self.path).read_text(encoding="utf-8")
        self.lines = text.split("\n")
        self.tree = ast.parse(text, self.path)
        found = {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}
        self.functions = {name: found[name] for name in found if name in exercise.functions}
        if "test_" not in self.path and "_picture" not in self.path:
            for name in exercise.functions:
                if name not in found:
                    raise CourseError(f"{self.path} defines no function {name} (course.toml lists it)")

    def text_of(self, node: ast.stmt) -> str:
        """The lines of a statement, with its decorators and the comments right above it."""
        first = min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))])
        while first > 1 and self.lines[first - 2].startswith("#"):
            first -= 1
        return "\n".join(self.lines[first - 1 : node.end_lineno])

    def body_of(self, node: ast.FunctionDef) -> str:
        """The body of a check, whose assertions say what came instead of what was expected."""
        documented = ast.get_docstring(node) is not None
        start = (node.body[0].end_lineno or 0) if documented else node.body[0].lineno - 1
        lines = self.lines[: node.end_lineno]
        for statement in sorted(_assertions(node), key=lambda one: -one.lineno):
            told = self._telling(statement)
            lines[statement.lineno - 1 : statement.end_lineno] = told.split("\n")
        return "\n".join(lines[start:]).strip("\n")

    def _telling(self, statement: ast.Assert) -> str:
        assert isinstance(statement.test, ast.Compare)
        source = "\n".join(self.lines)
        left = ast.get_source_segment(source, statement.test.left)
        right = ast.get_source_segment(source, statement.test.comparators[0])
        said = ast.get_source_segment(source, statement.msg) if statement.msg else 'f"got {got!r}"'
        indent = " " * statement.col_offset
        return f"{indent}got = {left}\n{indent}assert got == {right}, {said}"


def _assertions(node: ast.FunctionDef) -> Iterator[ast.Assert]:
    for inner in ast.walk(node):
        match inner:
            case ast.Assert(test=ast.Compare(ops=[ast.Eq()])):
                yield inner


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _joined(parts: list[str], inner: bool = False) -> str:
    """Statements with the blank lines that Python's style wants between them; imports stand together."""
    text = last = ""
    for part in parts:
        word = part.lstrip().partition(" ")[0]
        if text:
            together = word in ("import", "from") and last in ("import", "from")
            text += "\n" if together else "\n\n" if inner else "\n\n\n"
        text += part
        last = word
    return text
