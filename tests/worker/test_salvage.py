"""One faulty statement takes no other with it; nothing is made of a part of a statement, a string or a conflict."""

from __future__ import annotations

import ast

import pytest

from winnow.worker.salvage import FAULTS, salvage

DEF = "def f(x):\n    return x\n"


@pytest.mark.parametrize(
    ("text", "kept", "lines"),
    [
        (f"import a\nprint 'x'\n{DEF}", "import a\n" + DEF, [2]),
        (f"{DEF}g(1,\n\n\ndef h(x):\n    return 2\n", DEF + "def h(x):\n    return 2\n", [3]),
        (f"import a\n  b = 1\n{DEF}", "import a\n" + DEF, [2]),
        (f"for i in x:\nprint(i)\n{DEF}", "print(i)\n" + DEF, [2]),
        (f"@a\n@b\ndef g(x):\n    return (\n{DEF}", DEF, [4]),
        (f"def g(x):\n    y = 1\n    return “y”\n{DEF}", DEF, [3]),
        (f"def g(x):\n    y = 1\n  return y\n\n{DEF}", DEF, [3]),
        (f"Here is the code:\n```python\n{DEF}```\nIt is right.\n", DEF, [1, 2, 5, 6]),
        (f"if x:\n    a = 1\nelse\n    a = 2\n{DEF}", DEF, [3]),
        # What stands in a string is no code, nor is a version of two.
        (f"a = '''\n{DEF}'''\nb = = 1\n", f"a = '''\n{DEF}'''\n", [5]),
        (f"import a\nb = '''\n{DEF}", "", [2]),
        (f"<<<<<<< HEAD\n{DEF}=======\n{DEF}>>>>>>> main\n", "", [1]),
        ("x = = 1\n" * (FAULTS + 1) + DEF, "", list(range(1, FAULTS + 1))),
    ],
)  # fmt: skip
def test_what_is_python_is_kept(text: str, kept: str, lines: list[int]) -> None:
    faults: list[BaseException] = []
    found = salvage(text, "mae.py", faults)
    assert ast.unparse(found) == ast.unparse(ast.parse(kept))
    assert [fault.lineno for fault in faults if isinstance(fault, SyntaxError)] == lines
    assert all(text.split("\n")[node.lineno - 1].startswith(ast.unparse(node)[:3]) for node in found)


@pytest.mark.parametrize("text", ["(" * 300 + "\n" + DEF, "\0\n" + DEF, "x = " + "-" * 100_000 + "1\n", "", "\n )\n"])
def test_any_text_is_taken(text: str) -> None:
    faults: list[BaseException] = []
    salvage(text, "mae.py", faults)
    assert bool(faults) == bool(text)
