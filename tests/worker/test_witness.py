"""The sentences about what a learner's code tried."""

from __future__ import annotations

import os

import pytest

from winnow.worker import witness

from ..support import confined


@pytest.mark.parametrize(
    ("event", "args", "sentence"),
    [
        ("socket.connect", (None, ("127.0.0.1", 80)), witness.NETWORK),
        ("socket.__new__", (None, 2, 1, 0), witness.NETWORK),
        ("socket.__new__", (None, 1, 1, 0), None),
        ("os.fork", (), witness.PROCESS),
        ("subprocess.Popen", ("ls", ["ls"], None, None), witness.PROCESS),
        ("os.kill", (1, 9), witness.SIGNAL),
        ("os.kill", (os.getpid(), 9), None),
        ("open", ("/scratch/a", "w", 0), None),
        ("open", ("/scratch/../a", "w", 0), witness.WRITING),
        ("open", ("/a", "rb", 0), None),
        ("open", (b"/a", None, os.O_RDWR), witness.WRITING),
        ("open", ("/dev/null", "w", 0), None),
        ("open", (7, "w", 0), None),
        ("os.rename", ("/scratch/a", "/b", -1, -1), witness.WRITING),
        ("import", ("x", None, None, None, None), None),
    ],
)
def test_what_is_not_available_has_a_sentence(event: str, args: tuple[object, ...], sentence: str | None) -> None:
    assert witness.explain_denial(event, args, "/scratch") == sentence


def test_a_witness_says_each_sentence_once() -> None:
    code = """
import os, sys
sys.path.insert(0, {package!r})
from worker.witness import Witness, PROCESS, WRITING
noted = Witness(os.getcwd())
noted.watch()
open("here", "w").close()
for _ in range(2):
    try: open("/nowhere/there", "w")
    except OSError: pass
    if os.fork() == 0: os._exit(0)
assert noted.take() == [WRITING, PROCESS], noted.sentences
assert noted.take() == []
"""
    assert confined.run((), [code.format(package=confined.PACKAGE)]) == [("end", 0)]
