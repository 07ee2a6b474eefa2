"""Whatever the bytes are: reading never raises, never takes long, and gives text that the grader can handle."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winnow.submission import Submission, find_submissions, imports, read_submission
from winnow.submission.magics import neutralise

from ..support.submission_course import EXERCISES, MAE, notebook, zipped

FRAGMENTS = st.sampled_from(
    [b"def mae(a):\n", b"mae=", b"\xef\xbb\xbf", b"\xff\xfe", b"# coding: cp949\n", b"\0", b"\xb0\xa1", b"%%time\n",
     b'{"cells":[', b'{"cell_type":"code","source":', b'"x\\ud800"', b"]}", b"NaN", b"PK\x03\x04", b"PK\x01\x02",
     b"PK\x05\x06", b"\r", b"'''", b"(", b"!ls\n"]
)  # fmt: skip
BYTES = st.one_of(st.binary(max_size=300), st.lists(FRAGMENTS | st.binary(max_size=8), max_size=20).map(b"".join))
# zipfile cannot write a name with a zero byte in it.
NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just(MAE),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["cells", "worksheets", "cell_type", "source", "input", "metadata"]), inner)
    ),
    max_leaves=12,
)


def read(suffix: str, raw: bytes) -> Submission:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"kim{suffix}"
        path.write_bytes(raw)
        [(student, found)] = find_submissions(Path(folder))
        assert (student, found) == ("kim", path)
        submission = read_submission(student, path, EXERCISES)
        assert list(Path(folder).iterdir()) == [path]
    hold_to_the_promises(submission)
    return submission


def hold_to_the_promises(submission: Submission) -> None:
    assert list(submission.sources) == [exercise.id for exercise in EXERCISES]
    assert len(submission.digest) == 64
    sentences = [*submission.notes]
    for source in submission.sources.values():
        sentences += [source.message, *source.notes, source.path]
        assert (source.status == "found") == bool(source.cells) == (not source.message)
        imports(source)
        for cell in source.cells:
            cell.source.encode("utf-8")
            assert not {"\r", "\0"} & set(cell.source)
            assert not cell.source.startswith("\ufeff")
    for sentence in sentences:
        assert sentence.isprintable()
        assert len(sentence) < 600


@settings(deadline=None)
@given(BYTES)
def test_any_bytes_as_a_script(raw: bytes) -> None:
    read(".py", raw)


@settings(deadline=None)
@given(BYTES)
def test_any_bytes_as_a_notebook(raw: bytes) -> None:
    read(".ipynb", raw)


@settings(deadline=None)
@given(JSON)
def test_any_json_as_a_notebook(document: object) -> None:
    read(".ipynb", json.dumps(document).encode())


@settings(deadline=None)
@given(BYTES)
def test_any_bytes_as_an_archive(raw: bytes) -> None:
    read(".zip", raw)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6), st.integers(0, 400))
def test_any_damage_to_an_archive(changes: list[tuple[int, int]], length: int) -> None:
    raw = bytearray(zipped({"mae.py": MAE, "a/all.ipynb": notebook(MAE)}))
    for position, value in changes:
        raw[position % len(raw)] = value
    read(".zip", bytes(raw[: len(raw) - length % 40]))


@settings(deadline=None)
@given(st.dictionaries(NAMES | st.sampled_from(["mae.py", "../mae.py", "a\\mae.py"]), BYTES))
def test_any_names_in_an_archive(files: dict[str, bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    read(".zip", buffer.getvalue())


@given(st.text(alphabet="ab=%!?'\"#()[]{}\\ \n\t", max_size=80))
def test_no_line_of_a_cell_moves(cell: str) -> None:
    assert neutralise(cell).source.count("\n") == cell.count("\n")


@given(st.lists(st.sampled_from(["x = 1", "y = (a\n  % b)", "s = '''\n!a\n'''", "if x:\n    y = 2", "", "# why?"])))
def test_python_passes_unchanged(parts: list[str]) -> None:
    cell = "\n".join(parts)
    assert neutralise(cell).source == cell


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
@pytest.mark.parametrize(
    "text", ["def a\n" * 150_000, "\n" * 1_000_000, "import " * 140_000, "mae:" * 200_000, "  " * 500_000]
)
def test_a_megabyte_of_nonsense_is_read_in_seconds(suffix: str, text: str) -> None:
    read(suffix, (text if suffix == ".py" else notebook(*[text[:250_000] + "\n%cd\n"] * 4)).encode())
