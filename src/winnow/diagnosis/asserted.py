"""What the failing statement of a public check waits for, read from the check's file.

A learner has not written that file, so what a check makes of a result is told in terms of the result: `result.shape`
for `f(a, b).shape`, and for a function of the file what its docstring says that it makes.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

RESULT = "result"
"""What a call of the learner's function gave, where only a part of it is spoken of."""
_LONGEST = 80


@dataclass(frozen=True)
class Expectation:
    """What the failing statement waits for: an exception whose message is in `words` what it must be, or a value, of
    the result itself or of `part` of it, as a learner reads that.

    `said`: what the author of the check says where the statement does not hold. `again`: it compares what two equal
    calls gave, neither of which is a right answer.
    """

    exception: str = ""
    words: str = ""
    value: str = ""
    statement: str = ""
    part: str = ""
    said: str = ""
    again: bool = False

    @property
    def shown(self) -> str:
        """The value, and of what it is the value where that is not the result itself."""
        return f"{self.part} is {self.value}" if self.part and self.value else self.value

    @property
    def wanted(self) -> str:
        """The exception, as a learner reads it."""
        return self.exception + (f" with a message that {self.words}" if self.words else "")


def failed_lines(error: BaseException, check: Path) -> tuple[int, ...]:
    """The lines of the check's file at which it failed: the check's own, then those of the functions it called."""
    lines, trace = [], error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == check:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return tuple(lines)


def expectation(check: Path, lines: Sequence[int], asked: frozenset[str]) -> Expectation:
    """What the statement at the innermost of these lines waits for that says so; nothing where none can be read.

    Args:
        asked: the names of the learner's functions that were called.
    """
    try:
        text = check.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError):
        return Expectation()
    names = _Names(asked, {node.name: _makes(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)})
    found = [_at(line, text, tree, names) for line in reversed(lines)]
    telling = (one for one in found if one.exception or one.value)
    return next(telling, found[0] if found else Expectation())


def _at(line: int, text: str, tree: ast.Module, names: _Names) -> Expectation:
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.With | ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    for node in around:
        if isinstance(node, ast.Assert):
            return _asserted(_spelt_out(_in_terms_of_the_result(node, tree, names), tree, names), names)
    for node in around:
        if isinstance(node, ast.With):
            for item in node.items:
                made = item.context_expr
                if isinstance(made, ast.Call) and ast.unparse(made.func).endswith("raises") and made.args:
                    match = next((key.value for key in made.keywords if key.arg == "match"), None)
                    words = _words(text.splitlines()[node.lineno - 1])
                    words = words or (_says(ast.unparse(match)) if match else "")
                    return Expectation(_unqualified(made.args[0]), words)
    waiting = _waits_for(line, tree)
    return _asserted(_spelt_out(waiting, tree, names), names) if waiting is not None else Expectation()


def _waits_for(line: int, tree: ast.Module) -> ast.Assert | None:
    """The assertion `assert loss == 2` for the line `loss = f(x)` above it, or for `loss, grad = f(x)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or not node.lineno <= line <= (node.end_lineno or node.lineno):
            continue
        made = {one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
        for later in ast.walk(tree):
            match later:
                case ast.Assert(test=ast.Compare(left=left)) if later.lineno > line:
                    if any(isinstance(one, ast.Name) and one.id in made for one in ast.walk(left)):
                        return later
    return None


class _Names(NamedTuple):
    """What names mean in the check's file: the learner's functions, and what its own functions make."""

    asked: frozenset[str]
    makes: dict[str, str]

    def is_a_call(self, node: ast.AST) -> bool:
        """Whether this calls a learner's function, itself or by a driver: `f(x)`, `of_squares(f, x)`."""
        if not isinstance(node, ast.Call):
            return False
        names = [node.func, *node.args[:1]]
        return any(isinstance(name, ast.Name) and name.id in self.asked for name in names)

    def part(self, left: ast.expr) -> str:
        """What a check looks at, in terms of the result; nothing where that is the result itself."""
        bare = _bare(left)
        if self.is_a_call(bare):
            return ""
        if isinstance(bare, ast.Call) and isinstance(bare.func, ast.Name) and self.makes.get(bare.func.id):
            return self.makes[bare.func.id]
        calls = [node for node in ast.walk(bare) if self.is_a_call(node)]
        shown = _Put(calls[0]).visit(bare) if len(calls) == 1 else bare
        text = " ".join(ast.unparse(shown).split())
        return f"`{text}`" if len(text) <= _LONGEST else "what the check makes of it"


class _Put(ast.NodeTransformer):
    """The expression, with `result` for one call."""

    def __init__(self, call: ast.AST) -> None:
        self.call = call

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.Name(RESULT) if node is self.call else self.generic_visit(node)


def _bare(left: ast.expr) -> ast.expr:
    """The same values without what only makes another type of them."""
    while isinstance(left, ast.Call):
        if isinstance(left.func, ast.Attribute) and left.func.attr in ("tolist", "item"):
            left = left.func.value
        elif isinstance(left.func, ast.Name) and left.func.id in ("list", "tuple", "float") and len(left.args) == 1:
            left = left.args[0]
        else:
            break
    return left


def _makes(node: ast.FunctionDef) -> str:
    """What a function's docstring says that it makes, as the beginning of `... is 3`."""
    said = (ast.get_docstring(node) or "").split("\n\n")[0]
    said = " ".join(said.split()).partition(": ")[0].partition("; ")[0].removesuffix(".")
    return said[:1].lower() + said[1:]


def _words(line: str) -> str:
    """What the check's author says of the message, in a comment: `with pytest.raises(...):  # names both shapes`."""
    return line.rpartition("  # ")[2].strip() if "  # " in line else ""


def _spelt_out(node: ast.Assert, tree: ast.Module, names: _Names) -> ast.Assert:
    """`assert c[0] == 2` as `assert f(x)[1][0] == 2`, where a line above it is `h, c = f(x)`."""
    inside = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and node in ast.walk(one)]
    above = [one for one in ast.walk(inside[-1] if inside else tree) if isinstance(one, ast.Assign)]
    test = _Spell(above, node.lineno, names).visit(copy.deepcopy(node.test))
    return ast.copy_location(ast.Assert(test, node.msg), node)


class _Spell(ast.NodeTransformer):
    """The expression in line `before`, with what made it for each name that a learner's function had a part in."""

    def __init__(self, assignments: Sequence[ast.Assign], before: int, names: _Names) -> None:
        self.assignments = assignments
        self.before = before
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        made = [(one.lineno, value) for one in self.assignments for value in self._given(one, node.id)]
        line, value = max(made, key=lambda one: one[0], default=(0, None))
        if value is None:
            return node
        spelt = _Spell(self.assignments, line, self.names).visit(copy.deepcopy(value))
        return spelt if any(self.names.is_a_call(one) for one in ast.walk(spelt)) else node

    def _given(self, one: ast.Assign, name: str) -> Iterator[ast.expr]:
        """What an assignment above gives to a name."""
        if one.lineno >= self.before:
            return
        for target in one.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield one.value
            elif isinstance(target, ast.Tuple):
                for at, part in enumerate(target.elts):
                    if isinstance(part, ast.Name) and part.id == name:
                        yield ast.Subscript(one.value, ast.Constant(at))


def _in_terms_of_the_result(node: ast.Assert, tree: ast.Module, names: _Names) -> ast.Assert:
    """The assertion in a function of the check's file, `result` in place of the parameter that gets the result."""
    inside = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and node in one.body]
    for helper in inside:
        given = [
            call.args[0]
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == helper.name and call.args
        ]
        if given and helper.args.args and all(names.is_a_call(one) for one in given):
            for name in ast.walk(node.test):
                if isinstance(name, ast.Name) and name.id == helper.args.args[0].arg:
                    name.id = RESULT
    return node


def _asserted(node: ast.Assert, names: _Names) -> Expectation:
    statement, value, part, again = " ".join(ast.unparse(node.test).split()), "", "", False
    said = node.msg.value if isinstance(node.msg, ast.Constant) and isinstance(node.msg.value, str) else ""
    if isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Eq):
        part = names.part(node.test.left)
        right = node.test.comparators[0]
        if isinstance(right, ast.Call) and ast.unparse(right.func).endswith("approx") and right.args:
            right = right.args[0]
        if not any(isinstance(one, ast.Name) for one in ast.walk(right)):
            value = ast.unparse(right)
        again = ast.dump(node.test.left) == ast.dump(right)
    return Expectation("", "", value, statement if len(statement) <= 120 else "", part, said, again)


def _unqualified(kind: ast.expr) -> str:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return " or ".join(ast.unparse(name).removeprefix("builtins.") for name in names)


def _says(match: str) -> str:
    """What a message is to hold, from the text of `match=`; a learner need not read regular expressions for a word."""
    try:
        pattern = str(ast.literal_eval(match))
    except (ValueError, SyntaxError):
        return f"matches {match}"
    # Some must not hold other numbers either.
    alone = re.sub(r"^\(\?s\)\\A\(\?!.*\)\.\*(?=\(\?<)", "", pattern)
    word = re.sub(r"\(\?<?!\\d\)|\\b", "", alone)
    if not word or re.escape(word) != word:
        return f"matches {match}"
    return f"names {word}" + (" and no other" if alone != pattern else "")
