"""Notebooks of every format, and what Jupyter adds to Python."""

from __future__ import annotations

import ast
import json
import time
from pathlib import Path
from typing import Any

import pytest

from winnow.submission.magics import neutralise

from ..support.submission_course import MAE, code_cell, notebook, submit


def cells(tmp_path: Path, content: str | bytes) -> list[tuple[str, str]]:
    source = submit(tmp_path / "kim.ipynb", content).sources["mae"]
    assert source.status == "found", source.message
    return [(cell.label, cell.source) for cell in source.cells]


def refused(tmp_path: Path, content: str | bytes) -> str:
    submission = submit(tmp_path / "kim.ipynb", content)
    assert {source.status for source in submission.sources.values()} == {"unreadable"}
    return submission.sources["mae"].message


def test_cells_are_called_by_their_place_among_all_cells(tmp_path: Path) -> None:
    markdown = {"cell_type": "markdown", "metadata": {}, "source": "def mae(): pass"}
    found = cells(tmp_path, notebook("import os", markdown, "  \n", MAE))
    assert found == [("cell 1", "import os"), ("cell 4", MAE)]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("about", [{"nbgrader": {"cell_type": "code"}}, {"winnow": {"answer": "mae_by_hand"}}])
def test_a_cell_for_an_answer_that_was_turned_into_text_is_code_again(
    tmp_path: Path, kind: str, about: dict[str, Any]
) -> None:
    assert cells(tmp_path, notebook({"cell_type": kind, "metadata": about, "source": MAE})) == [("cell 1", MAE)]


@pytest.mark.parametrize("about", [None, [], {"nbgrader": 1, "winnow": []}, {"nbgrader": {"cell_type": "markdown"}}])
def test_any_other_text_stays_text(tmp_path: Path, about: Any) -> None:
    text = {"cell_type": "markdown", "metadata": about, "source": "def mae(): pass"}
    assert cells(tmp_path, notebook(MAE, text)) == [("cell 1", MAE)]


@pytest.mark.parametrize("source", [MAE, MAE.splitlines(keepends=True), MAE.replace("\n", "\r\n"), "\ufeff" + MAE])
def test_the_source_may_be_one_string_or_a_list_of_lines(tmp_path: Path, source: Any) -> None:
    assert cells(tmp_path, notebook(code_cell(source))) == [("cell 1", MAE)]


def test_lines_that_all_lack_their_ends_are_lines(tmp_path: Path) -> None:
    assert cells(tmp_path, notebook(code_cell(MAE.splitlines()))) == [("cell 1", MAE.removesuffix("\n"))]


def test_ids_may_repeat_be_illegal_or_be_absent(tmp_path: Path) -> None:
    content = notebook(code_cell("x = 1", id="a"), code_cell("y = 2", id="a"), code_cell(MAE, id="no. 5!"))
    assert [label for label, _ in cells(tmp_path, content)] == ["cell 1", "cell 2", "cell 3"]


def test_a_notebook_with_nothing_but_cells_is_read(tmp_path: Path) -> None:
    assert cells(tmp_path, json.dumps({"cells": [{"cell_type": "code", "source": MAE}]})) == [("cell 1", MAE)]


def test_format_3_keeps_its_cells_in_worksheets(tmp_path: Path) -> None:
    old = {"cell_type": "code", "input": MAE.splitlines(keepends=True), "language": "python", "outputs": []}
    heading = {"cell_type": "heading", "level": 1, "source": "mae"}
    content = json.dumps({"nbformat": 3, "worksheets": [{"cells": [heading]}, {"cells": [old]}]})
    assert cells(tmp_path, content) == [("cell 2", MAE)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_a_notebook_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    content = json.dumps(json.loads(notebook(MAE + "# 평균")), ensure_ascii=False)
    assert cells(tmp_path, content.encode(encoding)) == [("cell 1", MAE + "# 평균")]


def test_nan_in_an_output_is_no_harm(tmp_path: Path) -> None:
    assert cells(tmp_path, notebook(code_cell(MAE, outputs=[float("nan"), float("inf")])))


def test_cells_and_metadata_of_wrong_kinds_are_passed_over(tmp_path: Path) -> None:
    odd = [None, 3, "text", [], {}, {"cell_type": "code"}, code_cell(7), code_cell([1, None, "x = 1"])]
    content = json.dumps({"cells": [*odd, code_cell(MAE)], "metadata": 3, "nbformat": "four"})
    assert cells(tmp_path, content) == [("cell 8", "x = 1"), ("cell 9", MAE)]


def test_half_characters_and_zero_bytes_become_replacement_characters(tmp_path: Path) -> None:
    [(_, source)] = cells(tmp_path, notebook(MAE + "a = '\ud800' '\0'"))
    assert source == MAE + "a = '\ufffd' '\ufffd'"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "kim.ipynb is empty: did the upload fail?"),
        (notebook(MAE)[:-20], "kim.ipynb breaks off at line 1"),
        (notebook(MAE)[:-1] + ",}", "kim.ipynb is damaged (Expecting property name"),
        (notebook(MAE).replace(",", ";", 1), "kim.ipynb is damaged"),
        ("My answer is 0.625.\n", "kim.ipynb is not a notebook"),
        (
            json.dumps(json.loads(notebook(MAE)), indent=1).replace('   "metadata"', '<<<<<<< HEAD\n   "metadata"', 1),
            "kim.ipynb, line 5, is the mark of a merge conflict: keep one of the two versions",
        ),
        (f"<<<<<<< HEAD\n{notebook(MAE)}", "kim.ipynb, line 1, is the mark of a merge conflict"),
        ('{"a": 1}', "kim.ipynb is JSON without a list of cells"),
        ("[" * 100_000, "kim.ipynb"),
        ('{"cells":' + "[" * 5_000 + "]" * 5_000 + "}", "kim.ipynb is no notebook that Jupyter wrote"),
        ('{"cells": [' + "9" * 5_000 + "]}", "kim.ipynb is no notebook that Jupyter wrote"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    message = refused(tmp_path, content)
    assert message.startswith(sentence)
    assert "\n" not in message
    assert len(message) < 200


def test_too_many_cells_and_too_much_code_are_refused(tmp_path: Path) -> None:
    assert "more than 2000 code cells" in refused(tmp_path, notebook(*["x = 1"] * 2_001))
    assert "characters of code" in refused(tmp_path, notebook(MAE, *["x" * 200_000] * 6))
    assert "too much data" in refused(tmp_path, notebook(code_cell(MAE, metadata={"a": [[]] * 300_001})))
    assert "too much data" in refused(tmp_path, notebook(code_cell(MAE, outputs=[[]] * 2_000_000)))


def test_outputs_of_any_size_are_passed_over(tmp_path: Path) -> None:
    """Pictures, and a table of very many numbers."""
    outputs = [{"output_type": "display_data", "data": {"image/png": "A" * (30 << 20), "a": [[]] * 300_001}}]
    raw = notebook(code_cell("outputs = '\"outputs\": ['", outputs=outputs), code_cell(MAE))
    assert len(raw) > 30 << 20
    source = submit(tmp_path / "kim.ipynb", raw).sources["mae"]
    assert [cell.source for cell in source.cells] == ["outputs = '\"outputs\": ['", MAE]
    assert source.notes == ()


def test_code_of_any_size_is_not(tmp_path: Path) -> None:
    raw = notebook(code_cell(MAE, metadata={"a": "A" * (21 << 20)}))
    assert refused(tmp_path, raw) == "kim.ipynb is 21.0 MB large without its outputs: hand in the code only"


@pytest.mark.parametrize("indent", [None, 1])
def test_lines_are_counted_with_outputs(tmp_path: Path, indent: int | None) -> None:
    outputs = [{"output_type": "stream", "name": "stdout", "text": ["]}", '"', "\\", "a\n"]}]
    text = json.dumps(json.loads(notebook(code_cell(MAE, outputs=outputs), code_cell("x"))), indent=indent)
    cut = text[: text.rindex('"x"')]
    assert f"breaks off at line {cut.count(chr(10)) + 1}" in refused(tmp_path, cut)


def test_a_cell_of_data_is_left_out(tmp_path: Path) -> None:
    submission = submit(tmp_path / "kim.ipynb", notebook("x" * 300_000, MAE))
    assert [cell.label for cell in submission.sources["mae"].cells] == ["cell 2"]
    assert submission.notes == ("kim.ipynb, cell 1 was left out: 300000 characters are data, not code",)


def test_a_notebook_in_another_language_is_remarked(tmp_path: Path) -> None:
    content = notebook(MAE, metadata={"kernelspec": {"name": "ir", "language": "R"}})
    assert submit(tmp_path / "kim.ipynb", content).notes == ("kim.ipynb is a notebook for R; it was read as Python",)
    for language in ("python", "Python 3 (ipykernel)"):
        content = notebook(MAE, metadata={"kernelspec": {"language": language}})
        assert submit(tmp_path / "kim.ipynb", content).notes == ()


def test_what_a_shell_line_would_have_done_is_remarked_once(tmp_path: Path) -> None:
    magics = "!pip install torch\n%matplotlib inline\n%load_ext autoreload"
    content = notebook(magics, "!cat ../solutions/*.py", "x = !ls ..", MAE)
    submission = submit(tmp_path / "kim.ipynb", content)
    assert submission.notes == (
        "kim.ipynb: shell lines and other languages are not run when grading "
        "(cell 2, line 1: !cat ../solutions/*.py; cell 3, line 1: x = !ls ..)",
    )
    assert submission.sources["mae"].notes == ()


def ran(line: str) -> str:
    """What IPython makes of a line of `%run`."""
    return f"get_ipython().run_line_magic('run', {line!r})"


def wrote(path: str) -> str:
    """The statement that makes the notebook the module that one of its cells writes, and the packages around it."""
    return f"get_ipython().wrote({path!r})"


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx = 1", "\nx = 1"),
        ("if x:\n    !ls\n    %cd ..\nelse:\n\t%pwd", "if x:\n    pass\n    pass\nelse:\n\tpass"),
        ("%load_ext autoreload\nfrom __future__ import annotations", "\nfrom __future__ import annotations"),
        ("!echo \\\n  it's \\\n  this\nx = 1", "\n\n\nx = 1"),
        ("files = !ls *.py\nhere = %pwd\nn: int = !wc", "files = []\nhere = None\nn: int = []"),
        ("%time y = f(2)\nx = %time f(a,\n  b)\n%cd", "y = f(2)\nx = f(a,\n  b)\n"),
        ("%timeit f()\n%time", "\n"),
        ("?help\nmae?\nnp.mean??\nx = 3  # really?\nprint('why?')", "\n\n\nx = 3  # really?\nprint('why?')"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n\n%%capture --no-stderr out\nx = 1", "\n\nout = get_ipython()\nx = 1"),
        ("%%capture --no-stderr\nx = 1\ny = %timeit -o x", "\nx = 1\ny = get_ipython()"),
        ("%run -i ./lib/more.py \n%run a b.py", f"{ran('-i ./lib/more.py')}\n{ran('a b.py')}"),
        ("%run\nif x:\n    %run a.ipynb --n 3", f"\nif x:\n    {ran('a.ipynb --n 3')}"),
        ("%run more \\\n  --fast\nx = 1", "\n\nx = 1"),
        ("%%bash\nls\nrm x", "\n\n"),
        ("#@title Part 1\n\n%%time\nx = 1", "#@title Part 1\n\n\nx = 1"),
        ("%%capture\n%%time\nx = 1\n%%time\ny = 2", "\n\nx = 1\n\ny = 2"),
        ("# install\n%%bash\nls", "\n\n"),
        ("%%shell\nset -e\nls | wc", "\n\n"),
        ("%%cu\n#include <cuda.h>\nint main() {}", "\n\n"),
        ("x = 1\n%%html\ny = 2", "x = 1\n\ny = 2"),
        ("%%writefile src/mae.py\nx = 1", f"{wrote('src/mae.py')}\nx = 1"),
        ("# a module\n%%file -a 'lib/losses.py'\nx = 1", f"# a module\n{wrote('lib/losses.py')}\nx = 1"),
        ("%%writefile ./losses.py\nx = 1", f"{wrote('./losses.py')}\nx = 1"),
        ('%%writefile "my losses.py" -a\nx = 1', f"{wrote('my losses.py')}\nx = 1"),
        ("%%writefile $name\nx = 1", f"{wrote('$name')}\nx = 1"),
        ("%%writefile data.csv\n1, 2", "\n"),
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
        ("\n  x = 1\n    y = 2\n\nz = 3\n\tw", "\nx = 1\n  y = 2\n\nz = 3\n\tw"),
        (">>> x = 1\n>>> def f():\n...     return 2", "x = 1\ndef f():\n    return 2"),
        (
            'Python 3.11.4 (main) [GCC 12.2.0] on linux\nType "help" or "credits" for more.\n>>> x = 1\n1',
            "\n\nx = 1\n",
        ),
        ("Python 3.12.1\nType 'copyright' for more\nIPython 8.12\n\nIn [1]: x = 1", "\n\n\n\nx = 1"),
        ("In [1]: x = 2\n   ...: y = 3", "x = 2\ny = 3"),
        ("In [1]: x\nOut[1]:\narray([[1],\n       [2]])\n\nIn [2]: y = 3", "x\n\n\n\n\ny = 3"),
        (">>> df\n   k  v\n0  a  1\n>>> def f():\n\treturn 2\n\n>>> f()\n2", "df\n\n\ndef f():\n\treturn 2\n\nf()\n"),
        (">>> if x:\n    y = 1\nelse:\n    y = 2\na b\n  c", "if x:\n    y = 1\nelse:\n    y = 2\n\n"),
        ('>>> y = [\n1,\n  2]\n>>> s = """a\nb\n"""', 'y = [\n1,\n  2]\ns = """a\nb\n"""'),
        (">>> 1 / 0\nTraceback (most recent call last):\n  File '<stdin>'\nZeroDivisionError", "1 / 0\n\n\n"),
        (">>> x = 1\n\n@tool\ndef f():\n    return 2\n\ny = f()", "x = 1\n\n@tool\ndef f():\n    return 2\n\ny = f()"),
    ],
)
def test_what_jupyter_adds_is_taken_out(cell: str, python: str) -> None:
    assert neutralise(cell).source == python


@pytest.mark.parametrize(
    "cell",
    [
        "x = (a\n % b)",
        "x = [\n  !ls\n]",
        "x = a \\\n  % b",
        "s = '''\n%magic\n!ls\nwhy?\n'''",
        's = """a""" + """\n%d\n""" % 3',
        "s = 'one\\\n% two' % 3",
        "s = 'it\\'s' # '''\ny = f'{s!r}' != '?'",
        "f(a=1,\n  b='(',\n%c)",
        "def f(a=3,\n      b=4):\n    return a % b",
        "s = r'\\\\'\nt = '#'; u = 4 % 3",
    ],
)
def test_percent_and_bang_within_python_stay(cell: str) -> None:
    assert neutralise(cell).source == cell


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%timeit -n 10", "%%writefile mae.py"])
def test_a_cell_magic_below_a_comment_is_no_shell_line(tmp_path: Path, magic: str) -> None:
    assert submit(tmp_path / "kim.ipynb", notebook(f"# Part 1\n\n{magic}\n{MAE}")).notes == ()


def test_a_magic_below_strings_and_brackets_is_still_seen() -> None:
    cell = "s = '''\n%a\n''' + f(\n'(',\n)  # (\nr'\\'' # '\n%cd\nx = 1"
    assert neutralise(cell).source == cell.replace("%cd", "")


def test_neutralised_cells_compile_where_jupyter_would_run_them() -> None:
    cell = "%pylab\nfor i in range(3):\n    %time x = i\n    !echo {i}\ny = !ls\nimport os; os?\nz = 7 % 3"
    ast.parse(neutralise(cell).source)


@pytest.mark.parametrize(
    "hostile", ["!" + "python" * 40_000, "x = %time " * 20_000, "a" * 200_000 + "!?", "(" * 200_000]
)
def test_long_lines_take_linear_time(hostile: str) -> None:
    start = time.process_time()
    neutralise(hostile)
    assert time.process_time() - start < 2
