"""In a notebook every public check is told as in a terminal, and where winnow is missing, by plain assertions."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import nbclient
import nbformat
import pytest

from winnow import in_notebook
from winnow.course import Course
from winnow.notebooks import builder

from .support.small_course import FILES, make

MORE = FILES["exercises/m01/test_double.py"] + """
        @pytest.mark.points(2)
        def test_lists(double):
            '''a list twice, "in quotes"'''
            result = list(double([1, 2]))
            assert result == [1, 2, 1, 2]

        @pytest.mark.points(1)
        def test_text(half):
            '''a text is refused'''
            with pytest.raises(TypeError, match="text"):  # says that a text has no half
                half("four")
"""  # fmt: skip
WRONG = "def double(x):\n    return x * x if x != [1, 2] else x[5]\n\n\ndef half(x):\n    return len(x) / 2"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    catalogue = FILES["exercises/course.toml"].replace("points = 10", "points = 13")
    return make(tmp_path, {**FILES, "exercises/m01/test_double.py": MORE, "exercises/course.toml": catalogue})


def cells(course: Course) -> dict[str, Any]:
    return {cell.id: cell for cell in builder.notebook(course, course.modules[0], "00ff").cells}


def test_every_check_is_told_by_the_engine(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    source = cells(course)["double-public"].source
    namespace = of_cells(WRONG, source)
    with pytest.raises(in_notebook.ChecksFailedError, match="3 of 3 public checks of double do not pass") as raised:
        ask(namespace)
    # No traceback is shown in the notebook.
    assert raised.value._render_traceback_() == []
    said = capsys.readouterr().out
    assert "✗ worked examples\n    Called     double(-1.5)\n    Returned   2.25\n    Expected   -3.0\n" in said
    assert '✗ a list twice, "in quotes"\n    Called     double([1, 2])\n    Raised     IndexError' in said
    assert "(line 2 of your cell)" in said
    assert "✗ a text is refused\nThe first two are told in full" in said
    # Here is no course to ask for a hint; those in the statement are there.
    assert said.count("    Hint       open one in the statement above\n") == 2


def test_a_slip_is_recognised_where_no_course_is_beside_the_notebook(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    slip = '[[slips]]\nname = "square"\nwhy = "That is the square."\n[slips.returns]\n"double(-1.5)" = "2.25"\n'
    (course.root / "exercises/m01/double_slips.toml").write_text(slip)
    source = cells(course)["double-public"].source
    namespace = of_cells(WRONG, source)
    packed = re.search(r'checks_of_double, 3, "([\w+/=]+)", double=', source)
    assert packed is not None
    with pytest.raises(in_notebook.ChecksFailedError):
        ask(namespace, packed[1])
    assert "    Why        That is the square.\n" in capsys.readouterr().out
    # One that was cut is as good as none.
    with pytest.raises(in_notebook.ChecksFailedError):
        ask(namespace, packed[1][:-8])
    assert "square" not in capsys.readouterr().out


def ask(namespace: dict[str, Any], slips: str = "") -> None:
    """What the last line of the cell does."""
    in_notebook.run(
        "double", namespace["checks_of_double"], 3, slips, double=namespace["double"], half=namespace["half"]
    )


def test_commands_are_told_as_a_notebook_has_them(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course.root)
    in_notebook._magic("hint double")
    assert "More? %winnow hint double\n" in capsys.readouterr().out
    (course.root / "exercises/m01/double.py").write_text(WRONG)
    in_notebook._magic("check double")
    said = capsys.readouterr().out
    assert "Hint       %winnow hint double" in said
    assert "%%" not in said


def of_cells(*sources: str) -> dict[str, Any]:
    """A namespace in which cells have run; the last one up to its call of `run`."""
    import linecache

    namespace: dict[str, Any] = {"__name__": "__main__"}
    for number, source in enumerate(sources):
        name = f"<cell {number}>"
        text = source.partition("\n\n\ntry:\n")[0]
        linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
        exec(compile(text, name, "exec"), namespace)
    return namespace


def test_a_part_of_a_result_and_the_authors_words_are_told(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    source = cells(course)["double-public"].source
    namespace = of_cells(
        "def double(x):\n    return 2 * x if x != [1, 2] else [2, 4]\n\n\ndef half(x):\n    return x", source
    )
    with pytest.raises(in_notebook.ChecksFailedError):
        ask(namespace)
    said = capsys.readouterr().out
    assert "✓ worked examples\n" in said
    assert "Returned   [2, 4]\n    Expected   [1, 2, 1, 2]" in said
    assert "Returned   'four'\n    Expected   TypeError with a message that says that a text has no half" in said


def test_what_a_helper_asserts_and_what_a_call_that_raises_was_to_be_is_told(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = """
        import pytest

        def keys(table):
            "the keys"
            assert list(table) == ["a"]
            return list(table.values())

        @pytest.mark.points(4)
        def test_keys(double):
            "keys"
            assert keys(double(3)) == [6]

        @pytest.mark.points(2)
        def test_half(half):
            "half"
            assert half("four") == 2
    """
    (course.root / "exercises/m01/test_double.py").write_text(dedent(checks))
    wrong = "def double(x):\n    return {'b': 6}\n\n\ndef half(x):\n    return x / 2"
    with pytest.raises(in_notebook.ChecksFailedError):
        ask(of_cells(wrong, cells(course)["double-public"].source))
    said = capsys.readouterr().out
    assert "    Expected   `result` is ['a']; here it is ['b']\n" in said
    assert "    Raised     TypeError: " in said
    assert "    Expected   2\n" in said


def test_without_winnow_they_are_plain_assertions(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    source = cells(course)["double-public"].source
    monkeypatch.setitem(sys.modules, "winnow.in_notebook", None)
    with pytest.raises(AssertionError, match=r"got 2\.25"):
        exec(source, {"double": lambda x: x * x, "half": len})
    right = {"double": lambda x: 2 * x, "half": lambda x: x / 2 if x != "four" else float({}[x])}
    with pytest.raises(KeyError):
        exec(source, right)


def test_what_is_not_for_learners_is_folded_and_hints_open_one_by_one(course: Course) -> None:
    found = cells(course)
    for name in ("double-hidden", "double-edge"):
        assert found[name].metadata["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in found["double-public"].metadata
    statement = found["double-statement"].source
    one, two, three = (statement.index(f"<summary>Hint {n} of 3</summary>\n\n{text}") for n, text in
                       ((1, "one"), (2, "two"), (3, "three")))  # fmt: skip
    assert one < two < three < statement.index("</details>")


def test_a_kernel_shows_messages_and_no_traceback(course: Course) -> None:
    notebook = nbformat.from_dict(builder.notebook(course, course.modules[0], "00ff"))
    kept = [cell for cell in notebook.cells if cell.id in ("double-solution", "double-public")]
    kept[0].source = WRONG
    kept.append(nbformat.v4.new_code_cell("%winnow hint double"))
    notebook.cells = kept
    client = nbclient.NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3",
                                     resources={"metadata": {"path": str(course.root)}})  # fmt: skip
    client.execute()
    outputs = kept[1].outputs
    assert "Hint       %winnow hint double" in outputs[0].text
    assert [line for one in outputs if one.output_type == "error" for line in one.traceback] == []
    assert "1 of 3: one" in kept[2].outputs[0].text


def test_a_cell_that_was_not_run_is_told_of_and_no_traceback_is_shown(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = cells(course)["double-public"].source
    with pytest.raises(in_notebook.ChecksFailedError, match="half is not there yet"):
        exec(source, {"double": lambda x: x * x})
    assert capsys.readouterr().out.startswith("· half is not there yet: write it in the cell above, and run that cell")
    monkeypatch.setitem(sys.modules, "winnow.in_notebook", None)
    with pytest.raises(NameError, match="double is not there yet: run the cell above"):
        exec(source, {"double": lambda x: x * x})


def test_a_notebook_without_a_course_says_where_its_hints_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    in_notebook._magic("hint double")
    assert "its hints are in the statement of each exercise" in capsys.readouterr().out
    in_notebook._magic("check double")
    assert "the cells of public checks say here" in capsys.readouterr().out


def test_two_equal_calls_are_told_of_in_a_notebook_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checks = """
        import pytest

        @pytest.mark.points(3)
        def test_again(double):
            "the same again"
            again = list(double(3))
            assert list(double(3)) == again, "two equal calls differ"
    """
    course = make(tmp_path, {**FILES, "exercises/m01/test_double.py": checks})
    counts = (
        "calls = []\n\n\ndef double(x):\n    calls.append(x)\n    return [len(calls)]\n\n\ndef half(x):\n    return x"
    )
    namespace = of_cells(counts, cells(course)["double-public"].source)
    with pytest.raises(in_notebook.ChecksFailedError):
        ask(namespace)
    said = capsys.readouterr().out
    assert "Returned   [2]\n    Expected   the same as an equal call, which returned [1]\n" in said
    assert "    Why        Two equal calls differ.\n" in said
