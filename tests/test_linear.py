"""What a learner sent is read in a time that grows with its size, and not faster, by every reader there is."""

from __future__ import annotations

import contextlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch

from winnow.bounded_memory import weight
from winnow.checks import compare
from winnow.checks.calls import Call
from winnow.checks.judges import names, naming
from winnow.diagnosis import relations, show
from winnow.elements import elements
from winnow.feedback.markdown import exercise_markdown
from winnow.feedback.visible import visible
from winnow.feedback.words import ExerciseWords
from winnow.quiz import answers, literals, sheet
from winnow.quiz.arithmetic import number
from winnow.quiz.kinds.kind import letters, pairs
from winnow.quiz.question import Quiz
from winnow.report.alike import _shape
from winnow.submission.answer_sheets import _ANSWERED
from winnow.submission.disguised import _HEADER, as_script
from winnow.submission.exported import _COLAB, _IN_STRINGS, names_of, uncommented
from winnow.submission.files import list_files
from winnow.submission.imports import _named as imported_by
from winnow.submission.imports import imports
from winnow.submission.magics import neutralise, neutralise_script
from winnow.submission.model import Cell, Source, Unreadable
from winnow.submission.names import module_name, names_in
from winnow.submission.notebook import read_notebook
from winnow.submission.text import decode
from winnow.submission.typed import typed_code
from winnow.worker import wire
from winnow.worker.observe import Observation, Raised

from .support.growth import TOO_MUCH, growth

# Texts that some expression or scanner might read again and again, each made of a piece, with what comes before and
# after it.
PIECES: dict[str, tuple[str, str, str]] = {
    "blanks": ("answer_x = 1", " ", "x"),
    "tabs and blanks": ("x = ", "\t ", "?"),
    "blank lines": ("", " \t\n", "x"),
    "a name without an end": ("answer_", "a", "!"),
    "names with blanks": ("", "answer_a   \n", "x"),
    "open brackets": ("answer_x = ", "[", ""),
    "brackets, closed and open": ("answer_x = [", "[1],", ""),
    "open strings": ("", "answer_x = '\n", ""),
    "open long strings": ("", "answer_x = r'''\\'\n", ""),
    "open long strings of two kinds": ("", "'''\"\"\"", "x"),
    "quotes": ("", "'", ""),
    "backslashes": ("'", "\\", ""),
    "backslashes at line ends": ("x = '", "\\\n", ""),
    "comments": ("answer_x = [", "#\n", "1"),
    "magics": ("", "x = %time ", "1"),
    "magics in lines": ("", "%time x = !ls\n", ""),
    "prompts": (">>> x\n", "... ", ""),
    "colons": ("", ":  ", "import"),
    "imports": ("", ";from a", " x"),
    "import commas": ("import ", "a, ", ""),
    "defs": ("", "def ", "x"),
    "equals": ("a", " = ", ""),
    "annotations": ("", "a:b\n", ""),
    "help": ("", "a[", "??"),
    "percent": ("", "% ", "x"),
    "marks of cells": ("", "# %%\n", ""),
    "marks of cells that are none": ("", "# In[1 ", ""),
    "tags": ("<p>", "<a ", ""),
    "open tags": ("<pre>", "<!-- ", ""),
    "entities": ("<p>", "&a;", ""),
    "dots": ("", "a.", " = 1"),
    "tables": ("", "[a]\n", ""),
    "nested tables": ("", "[a.b.c.d]\nx = 1\n", ""),
    "arrays of tables": ("", "[[a]]\n", ""),
    "keys": ("", "a = 1\n", ""),
    "arrays": ("a = ", "[", ""),
    "inline tables": ("a = ", "{a=", ""),
    "long texts": ("a = '''", "''", ""),
    "numbers": ("", "1", ""),
    "shapes": ("", "(2, 3) ", ""),
    "marks on a letter": ("a", "\u0315\u0316", ""),
    "marks on a letter, the later first": ("a", "\u0315", "\u0316" * 50),
    "unseen letters": ("", "\u200b\x00", ""),
    "letters": ("", "가", ""),
    "underscores": ("", "_1", ""),
    "ticks": ("", "`", "x"),
    "fences": ("", "```python\n", ""),
    "blanks behind a fence": ("```", " \t", "`"),
    "breaks in strings": ("'", "\\n, '", ""),
    "carriage returns": ("", "\r", "\n"),
    "answers in a row": ("answer_x = 1", "; answer_y = 1 + 1", ""),
    "a row of texts": ("answer_x = 'a'", ", 'a'", ""),
    "calculations without an end": ("", "answer_x = (1 +\n", ""),
    "broken answers": ("", 'a = "\n', ""),
    "lists without an end": ("", "a = [b,\n", ""),
    "answers in two ways": ("", "a: b, c = d\n", ""),
}
QUIZ = Quiz("m05_losses", "Losses", (), Path("quiz.toml"))
EXERCISE_FUNCTIONS = ("mae",)


def _text(name: str, size: int) -> str:
    before, piece, after = PIECES[name]
    return before + piece * (size // len(piece)) + after


def _answers(text: str) -> object:
    for remembered in (sheet._loaded, sheet._mended, sheet._piecewise):
        remembered.cache_clear()
    return answers.read(text.encode(), QUIZ, "quiz_answers.toml")


def _imports(text: str) -> object:
    imported_by.cache_clear()
    return imports(Source("mae", "found", (Cell("mae.py", text),)))


def _notebook(text: str) -> object:
    cells = [{"cell_type": "code", "source": text[at : at + 200_000]} for at in range(0, len(text), 200_000)]
    return read_notebook(json.dumps({"cells": cells}).encode(), "mae.ipynb")


def _message(text: str) -> Observation:
    return Observation(raised=Raised("ValueError", ("ValueError",), text))


def _judged(text: str) -> object:
    call = Call((np.zeros((2, 3)), np.zeros((3, 2))))
    return names(0, 1)(call, _message(text), _message("")), naming(text, 5, 9)


def _words(text: str) -> object:
    return exercise_markdown(ExerciseWords("mae", text, text, "wrong", text, (text,), (), (), text))


# Each with the largest text that it is given.
READERS: dict[str, tuple[Callable[[str], object], int]] = {
    "answers in a cell": (literals.assignments.__wrapped__, literals.MAX_TEXT),
    "answers in a file": (_answers, sheet.MAX_SIZE),
    "names of answers": (_ANSWERED.findall, 1 << 15),
    "a notebook": (_notebook, 1 << 15),
    "a cell": (neutralise, 1 << 15),
    "a file": (neutralise_script, 1 << 15),
    "names": (names_in, 1 << 15),
    "the name of a file": (lambda text: module_name(f"{text}.py"), 255),
    "a notebook in Markdown": (lambda text: (as_script(text), _HEADER.match(f"---\n{text}".encode())), 1 << 15),
    "an exported notebook": (
        lambda text: (uncommented(f"{_COLAB}\n# %%time\n{text}"), names_of(_IN_STRINGS + text)),
        1 << 15,
    ),
    "imports": (_imports, 1 << 15),
    "a web page": (lambda text: typed_code(text.encode()), 1 << 15),
    "bytes": (lambda text: decode(text.encode(), "mae.py"), 1 << 15),
    "letters": (letters, 1 << 16),
    "pairs": (pairs, 1 << 16),
    "a number": (number, 1 << 16),
    "what is shown": (visible, 1 << 15),
    "a text that is shown": (show.value, 1 << 15),
    "a message": (_judged, 500),
    "likeness": (_shape, 1 << 17),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", PIECES)
def test_texts(text: str, reader: str) -> None:
    read, most = READERS[reader]

    assert growth(lambda size: _run(read, _text(text, size)), most) < TOO_MUCH


def _run(read: Callable[[Any], object], what: object) -> Callable[[], object]:
    def run() -> None:
        with contextlib.suppress(Unreadable, answers.AnswersError, wire.WireError):
            read(what)

    return run


def _frame(text: str, tail: bytes = b"") -> Callable[[], object]:
    return _run(lambda parts: wire.unpack(*parts), (text.encode(), tail))


def _colliding(size: int) -> list[int]:
    """Whole numbers of one hash."""
    return [at * (2**61 - 1) for at in range(1, size)]


def _chained(size: int) -> list[int]:
    """Numbers of different hashes that a dictionary looks for in the same places, one after the other."""
    place, found = 0, []
    for _ in range(size):
        found.append(place)
        place = (5 * place + 1) % (1 << 20)
    return found


def _probed(size: int) -> bytes:
    """Numbers that pandas looks for in the same places: it takes 32 bits of each for its hash."""
    high = np.arange(size, dtype=np.uint64)
    low = (high >> np.uint64(1)) & np.uint64(0xFFFFFFFF)
    for _ in range(3):
        low = ((high >> np.uint64(1)) ^ (low << np.uint64(11))) & np.uint64(0xFFFFFFFF)
    return ((high << np.uint64(32)) | low).astype(np.int64).tobytes()


def _array(kind: str, raw: bytes, start: int = 0) -> list[Any]:
    size = len(raw) // np.dtype(kind).itemsize
    return ["a", kind, [size], [start, len(raw)], [0], [False], True]


def _categories(size: int) -> Callable[[], object]:
    codes, categories = bytes(4), _probed(size)
    data = ["cat", _array("b", codes), ["np", _array("q", categories, 4)], False]
    return _frame(
        json.dumps({"values": [["ser", data, None, ["one", ["np", _array("b", codes, 0)], None]]]}), codes + categories
    )


def _levels(size: int) -> Callable[[], object]:
    codes, level = bytes(8), _probed(size)
    index = ["multi", [["np", _array("q", level, 8)]], [_array("q", codes)], [None]]
    return _frame(json.dumps({"values": [["idx", index]]}), codes + level)


def _columns(size: int) -> Callable[[], object]:
    one = ["one", ["np", ["a", "b", [1], [0, 1], [0], [False], True]], None]
    columns = [["np", ["a", "b", [1], [at + 1, 1], [0], [False], True]] for at in range(size)]
    labels = ["one", ["ext", "object", list(range(size))], None]
    return _frame(json.dumps({"values": [["df", labels, columns, one]]}), bytes(size + 1))


def _values(text: str) -> Callable[[], object]:
    return _frame('{"values":[' + text + "]}")


FRAMES: dict[str, tuple[Callable[[int], Callable[[], object]], int]] = {
    "keys that collide": (lambda n: _values(json.dumps(["d", [[key, 0] for key in _colliding(n)]])), 1 << 15),
    "keys one after the other": (lambda n: _values(json.dumps(["d", [[key, 0] for key in _chained(n)]])), 1 << 15),
    "tuples that collide": (
        lambda n: _values(json.dumps(["d", [[["t", [0] * 50 + [key]], 0] for key in _colliding(n // 50)]])),
        1 << 17,
    ),
    "many dictionaries": (
        lambda n: _values(json.dumps(["l", [["d", [[key, 0] for key in _colliding(200)]] for _ in range(n // 200)]])),
        1 << 17,
    ),
    "categories that collide": (_categories, 1 << 15),
    "levels that collide": (_levels, 1 << 15),
    "columns": (_columns, 1 << 14),
    "lists": (lambda n: _values(json.dumps(["l", [["l", []]] * n])), 1 << 15),
    "nested lists": (lambda n: _values('["l",[' * n + "]]" * n), 1 << 15),
    "digits": (lambda n: _values("1" * n), 1 << 20),
    "digits behind the point": (lambda n: _values("0." + "1" * n), 1 << 20),
    "an exponent": (lambda n: _values("1e" + "1" * n), 1 << 20),
    "numbers": (lambda n: _values(json.dumps(["l", [10**50] * n])), 1 << 15),
    "texts": (lambda n: _values(json.dumps(["l", ["a" * 50] * n])), 1 << 15),
    "escapes": (lambda n: _values('"' + "\\ud800" * n + '"'), 1 << 15),
    "complex numbers of texts": (lambda n: _values(json.dumps(["c", "1" * n, "1"])), 1 << 20),
    "dates of texts": (lambda n: _column("datetime64[ns]", ["1" * n]), 1 << 15),
    "zones of texts": (lambda n: _column("datetime64[ns, Asia/Seoul]", ["1 " * n]), 1 << 15),
    "numbers of texts": (lambda n: _column("Int64", ["1" * n]), 1 << 15),
    "a table of texts": (lambda n: _column("string", ["a"] * n), 1 << 16),
    "labels of tuples": (lambda n: _column("object", [["t", [at]] for at in range(n)]), 1 << 15),
}


def _column(kind: str, items: list[Any]) -> Callable[[], object]:
    index = ["one", ["ext", "object", [0] * len(items)], None]
    return _frame(json.dumps({"values": [["ser", ["ext", kind, items], None, index]]}))


@pytest.mark.parametrize("frame", FRAMES)
def test_frames(frame: str) -> None:
    assert growth(*FRAMES[frame]) < TOO_MUCH


def _table(rows: int) -> pd.DataFrame:
    return pd.DataFrame({"size": np.zeros(rows, np.int8)}, index=pd.Index(np.zeros(rows, np.int8)), copy=False)


def _wide(columns: int) -> pd.DataFrame:
    return pd.DataFrame(np.zeros((1, columns), np.int8))


def _both(size: int) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([range(size), range(4)])


def _deep(size: int) -> list[Any]:
    return [[[[0] * 10] * 10] * 10] * (size // 1000)


VALUES: dict[str, tuple[Callable[[int], Any], int]] = {
    "rows": (_table, 1 << 20),
    "rows with levels": (lambda n: _table(n // 4 * 4).set_index(_both(n // 4)), 1 << 16),
    "columns": (_wide, 1 << 13),
    "rows without labels": (lambda n: pd.DataFrame({"size": np.zeros(n, np.int8)}), 1 << 20),
    "a series": (lambda n: pd.Series(np.zeros(n)), 1 << 20),
    "texts in a series": (lambda n: pd.Series(["a"] * n), 1 << 16),
    "an index": (lambda n: pd.Index(np.zeros(n, np.int8)), 1 << 20),
    "categories": (lambda n: pd.Series(pd.Categorical(np.arange(n))), 1 << 16),
    "a list": (lambda n: [0.1] * n, 1 << 16),
    "lists": (_deep, 1 << 16),
    "a dictionary": (lambda n: dict.fromkeys(range(n), 0.1), 1 << 16),
    "a text": (lambda n: "'" * n, 1 << 20),
    "bytes": (bytes, 1 << 20),
    "an array": (np.zeros, 1 << 20),
    "objects": (lambda n: np.array([None] * n, object), 1 << 16),
    "a tensor": (torch.zeros, 1 << 20),
    "tensors": (lambda n: [torch.zeros(1)] * n, 1 << 15),
    "arrays": (lambda n: [np.zeros(1)] * n, 1 << 15),
}  # fmt: skip


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """torch's threads wait for work by computing, which would be counted from the size on at which it uses them."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def _described(value: object) -> object:
    return relations.describe([(Observation(value), Observation(want)) for want in WANTED])


WANTED = (
    0.5,
    np.zeros(3),
    [1.0, 2.0],
    torch.zeros(2),
    "text",
    {"a": 1},
    pd.DataFrame({"size": [1, 2]}),
    pd.Series([1]),
)
USES: dict[str, Callable[[Any], object]] = {
    "shown": show.value,
    "shown with what was expected": lambda value: show.apart(Observation(value), Observation(0.5)),
    "compared": lambda value: [compare.close(value, want) for want in WANTED],
    "described": _described,
    "weighed": weight,
    "counted": elements,
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("value", VALUES)
def test_values(value: str, use: str) -> None:
    make, most = VALUES[value]
    assert growth(lambda size: _run(USES[use], make(size)), most) < TOO_MUCH


@pytest.mark.parametrize("value", VALUES)
def test_showing_a_value_takes_no_longer_where_it_is_larger(value: str) -> None:
    """What is cut is cut before it is written out: the same is done for a million rows as for a thousand."""
    make, most = VALUES[value]
    steps = [_steps(make(size)) for size in (most // 8, most)]
    assert steps[1] <= 1.1 * steps[0] + 100


def _steps(value: object) -> int:
    """How many functions are called to show it, those of libraries in C included."""
    count = 0

    def counts(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counts)
    try:
        show.value(value)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "name", ["a" + "\u0315\u0316" * 10_000, "\u0315\u0316" * 10_000 + ".py", "a/" * 20_000 + "mae.py"]
)
def test_names_in_an_archive_that_no_file_can_have_are_left_out(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kim.zip", "w") as archive:
        archive.writestr("mae.py", "def mae(): ...\n")
        archive.writestr(name, "")
    found = list_files(tmp_path / "kim.zip")
    assert [file.path for file in found.files] == ["mae.py"]
    assert len(found.notes) == 1
