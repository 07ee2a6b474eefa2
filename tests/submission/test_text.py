"""From bytes to text: what Python and common editors write is read, and the line numbers stay."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from ..support.submission_course import MAE, submit, text_of

KOREAN = "import numpy as np\n\n\ndef mae(y_true, y_pred):\n    # 평균 절대 오차\n    return 0.0\n"


def read(tmp_path: Path, raw: bytes) -> tuple[str, tuple[str, ...]]:
    source = submit(tmp_path / "kim", {"mae.py": raw}).sources["mae"]
    assert source.status == "found", source.message
    return text_of(source), source.notes


def refused(tmp_path: Path, raw: bytes) -> str:
    source = submit(tmp_path / "kim", {"mae.py": raw}).sources["mae"]
    assert source.status == "unreadable"
    assert source.cells == ()
    return source.message


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_line_ends_and_marks_cost_nothing(tmp_path: Path, line_end: str, mark: bytes) -> None:
    raw = mark + KOREAN.replace("\n", line_end).encode()
    assert read(tmp_path, raw) == (KOREAN, ())


def test_only_what_python_counts_is_a_line_end(tmp_path: Path) -> None:
    text = "x = 1\f\v\x1c\x85\u2028\ny = 'a\tb'\n"
    assert read(tmp_path, text.encode()) == (text, ())


@pytest.mark.parametrize("encoding", ["cp949", "euc-kr", "johab"])
@pytest.mark.parametrize("above", ["", "#!/usr/bin/env python\n", "\n"])
def test_a_declared_encoding_is_obeyed(tmp_path: Path, encoding: str, above: str) -> None:
    text = f"{above}# -*- coding: {encoding} -*-\n{KOREAN}"
    assert read(tmp_path, text.encode(encoding)) == (text, ())


def test_a_declaration_on_line_three_or_below_code_is_none(tmp_path: Path) -> None:
    for above in ("\n\n", "import os\n"):
        text, notes = read(tmp_path, f"{above}# coding: latin-1\nx = 'é'\n".encode())
        assert "'é'" in text
        assert notes == ()


def test_cp949_without_a_declaration_is_read_and_remarked(tmp_path: Path) -> None:
    text, notes = read(tmp_path, KOREAN.encode("cp949"))
    assert text == KOREAN
    assert notes == ("mae.py is saved as cp949, not UTF-8: line 5; re-save it as UTF-8",)


def test_the_offending_line_is_counted_as_python_counts(tmp_path: Path) -> None:
    _, notes = read(tmp_path, b"a = 1\r\nb = 2\rc = 3\n# \xc6\xf2\n")
    assert "line 4" in notes[0]


def test_what_is_neither_utf_8_nor_cp949_is_read_as_latin_1(tmp_path: Path) -> None:
    text, notes = read(tmp_path, b"x = 1\n# caf\xe9 \n")
    assert text == "x = 1\n# café \n"
    assert notes == ("mae.py is not saved as UTF-8: line 2 (read as Latin-1); re-save it as UTF-8",)


def test_json_of_another_program_is_no_servers_refusal(tmp_path: Path) -> None:
    files = {"draft": '{"status": "draft", "blocks": []}', "404": '{"status": 404, "title": "Not found"}'}
    said = {name: submit(tmp_path / name, {"hw.ipynb": text}).sources["mae"].message for name, text in files.items()}
    assert said["draft"] == "hw.ipynb is JSON without a list of cells, so no notebook: save it from Jupyter"
    assert said["404"].startswith("hw.ipynb is a server's refusal")


@pytest.mark.parametrize("name", ["no-such-thing", "rot13", "zlib", "punycode", "unicode_escape", "undefined"])
def test_a_declared_encoding_that_is_none_is_passed_over(tmp_path: Path, name: str) -> None:
    text, notes = read(tmp_path, f"# coding: {name}\n{KOREAN}".encode())
    assert text.endswith(KOREAN)
    assert notes == (f"mae.py, line 1: Python cannot read a file in {name}; delete that line",)


def test_a_wrong_declaration_falls_back_to_utf_8(tmp_path: Path) -> None:
    text, notes = read(tmp_path, f"# coding: ascii\n{KOREAN}".encode())
    assert text.endswith(KOREAN)
    assert notes == ("mae.py, line 6 is not ascii, as line 1 says: re-save it as UTF-8",)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + KOREAN.encode("utf-32-le"), "UTF-32"),
        (KOREAN.encode("utf-16-le"), "UTF-16"),
        (KOREAN.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_utf_16_is_read_and_remarked(tmp_path: Path, raw: bytes, title: str) -> None:
    assert read(tmp_path, raw) == (KOREAN, (f"mae.py is saved as {title}, not UTF-8; re-save it as UTF-8",))


def test_a_zero_byte_names_its_line(tmp_path: Path) -> None:
    assert refused(tmp_path, b"x = 1\ny = '\0'\n").startswith("mae.py, line 2: a zero byte")
    assert "nothing but zero bytes" in refused(tmp_path, bytes(4096))
    assert refused(tmp_path, codecs.BOM_UTF16_LE + "x\n\0".encode("utf-16-le")).startswith(
        "mae.py, line 2: a zero byte"
    )


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04rest", "a zip archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9\n", "a pointer of Git LFS"),
        (b"{\\rtf1 def mae", "a word processor's document"),
        (b"\n<!DOCTYPE html>\n<html>", "a web page"),
    ],
)
def test_another_kind_of_file_under_the_name_is_named(tmp_path: Path, raw: bytes, what: str) -> None:
    assert refused(tmp_path, raw).startswith(f"mae.py is {what}")


@pytest.mark.parametrize("raw", [b"", b"\n \t\r\n", codecs.BOM_UTF8])
def test_an_empty_file_is_found_but_empty(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path, raw) == ("", ("mae.py is empty: did the upload fail?",))


def test_a_file_of_comments_is_as_good_as_empty(tmp_path: Path) -> None:
    assert read(tmp_path, b"# def mae(): to do\n\n") == ("", ("mae.py holds only comments",))


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    assert refused(tmp_path, b"#" * (1 << 20) + b"##").startswith("mae.py is 1.0 MB large, more than 1.0 MB")
    assert read(tmp_path, MAE.encode().ljust(1 << 20, b"\n"))[1] == ()
