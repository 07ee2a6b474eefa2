"""The course secret: what follows from it is no quick way back to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from winnow.quiz.variants import course_salt
from winnow.secret import DEMO, course_secret, doubt

ATTACK = Path(__file__).parent / "attacks" / "secret_from_salt.py"


def test_the_salt_of_a_quiz_does_not_let_the_secret_be_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINNOW_SECRET", "autumn2025")
    salt = tmp_path / "quiz_salt.txt"
    salt.write_text(course_salt(tmp_path, course_secret(tmp_path)) + "\n")
    tried = subprocess.run([sys.executable, ATTACK, salt], capture_output=True, text=True, check=True)
    assert tried.stdout == ""


def test_the_same_secret_draws_the_same_wherever_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WINNOW_SECRET", raising=False)
    assert course_secret(tmp_path) == DEMO
    (tmp_path / "graders").mkdir()
    (tmp_path / "graders" / "secret.txt").write_text("a secret of this course\n")
    written = course_secret(tmp_path)
    monkeypatch.setenv("WINNOW_SECRET", "a secret of this course")
    assert course_secret(tmp_path / "elsewhere") == written
    assert len(written) == 32


@pytest.mark.parametrize(
    ("secret", "said"), [("", "those of the demo"), ("autumn2025", "fewer than 16 letters"), ("0123456789abcdef", "")]
)
def test_a_secret_that_can_be_guessed_is_remarked_on(
    secret: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINNOW_SECRET", secret)
    told = doubt(tmp_path)
    assert said in told
    assert bool(said) == bool(told)
