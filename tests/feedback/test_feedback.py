"""What a learner reads: two failed checks explained, nothing of the grader's, nothing that can bite."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from winnow import feedback
from winnow.course import Course, Module
from winnow.feedback.class_table import class_table
from winnow.feedback.markdown import learner_markdown
from winnow.feedback.naming import file_stem
from winnow.feedback.page import learner_page
from winnow.feedback.terminal import print_exercise, print_learner
from winnow.feedback.visible import visible
from winnow.feedback.words import learner_words, number, spans
from winnow.record import CheckResult, Counterexample, ExerciseResult, RunResult, SubmissionResult

from ..support.made_class import HOSTILE, NAMES, SENTENCES, made_course, made_run

COURSE = made_course()
ATTACK = "</pre><img src=x onerror=alert(1)>\x1b[2J\u202e```\n# mine\x00"


def failed(name: str, why: str = "Signs cancelled.", **more: object) -> CheckResult:
    shown = Counterexample("mae([0, 0], [1, -1])", "0.0", "1.0")
    return replace(CheckResult(name, f"title of {name}", "hidden", "failed", 0.0, 2.0, why, shown), **more)


def learner(*checks: CheckResult, student: str = "s01", **more: object) -> SubmissionResult:
    score, points = sum(check.score for check in checks), sum(check.points for check in checks)
    result = replace(ExerciseResult("mae", "graded", score, points, checks), **more)
    return SubmissionResult(student, result.score, result.points, (result,))


def rendered(submission: SubmissionResult, **options: object) -> str:
    out = io.StringIO()
    print_learner(submission, COURSE, SENTENCES, Console(file=out, width=90, **options))
    return out.getvalue()


def everywhere(submission: SubmissionResult) -> list[str]:
    words = learner_words(submission, COURSE, SENTENCES)
    return [rendered(submission), learner_markdown(words, COURSE.title), learner_page(words, COURSE.title)]


def test_the_terminal_shows_title_points_call_both_answers_reason_and_hint() -> None:
    lines = [line.rstrip() for line in rendered(learner(failed("first"))).splitlines()]
    assert lines[0].split() == ["mae", "0", "of", "2", "points"]
    assert lines[1].split() == ["✗", "title", "of", "first", "0", "of", "2"]
    assert lines[2:7] == [
        "      Called     mae([0, 0], [1, -1])",
        "      Returned   0.0",
        "      Expected   1.0",
        "      Why        Signs cancelled.",
        "      Hint       winnow hint mae",
    ]


def test_only_the_first_two_failed_checks_are_explained() -> None:
    passed = CheckResult("easy", "easy", "public", "passed", 2.0, 2.0)
    checks = (failed("a", "one"), passed, failed("b", "two"), failed("c", "three"), failed("d", "four"))
    for text in everywhere(learner(*checks)):
        assert "one" in text
        assert "two" in text
        assert "three" not in text
        assert "title of c" in text
        assert "title of d" in text
        assert text.count("winnow hint mae") == 2


def test_an_exercise_that_is_not_started_is_one_line_and_says_where_to_start() -> None:
    idle = learner(replace(failed("a"), outcome="not_started"), status="not_started")
    for text in everywhere(idle):
        assert text.count("not started") == 1
        assert "title of a" not in text
        assert "m05" in text


def test_what_was_found_instead_of_the_function_is_told_though_it_was_graded() -> None:
    said = "there is no function mae in mae.py; found maee: rename it"
    for text in everywhere(learner(failed("test_mae"), message=said)):
        assert "found maee: rename it" in " ".join(text.replace("\\", "").split())


def test_a_fault_of_the_grader_is_told_without_its_details() -> None:
    broken = learner(status="grader_error", message="AssertionError in /graders/secret.py")
    judged = learner(replace(failed("a", "KeyError in /graders/secret.py"), outcome="grader_error"))
    for text in [*everywhere(broken), *everywhere(judged)]:
        assert "secret" not in text
        assert "not judged" in text


def test_a_check_without_a_reason_gets_the_sentence_of_its_misconception() -> None:
    assert "counts rows" in rendered(learner(failed("a", "", misconceptions=("len_div",))))


def test_output_is_shown_to_its_learner_and_capped() -> None:
    for text in everywhere(learner(failed("a"), output="x" * 5000)):
        assert "3000 more characters" in re.sub(r"\s+", " ", text)


def test_a_pipe_gets_no_escape_codes_and_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in rendered(learner(failed("a")))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in rendered(learner(failed("a")), force_terminal=True)


def test_a_terminal_without_unicode_gets_plain_marks() -> None:
    raw = io.BytesIO()
    ascii_only = io.TextIOWrapper(raw, encoding="ascii", errors="strict")
    print_exercise(learner(failed("a")).exercises[0], COURSE, None, Console(file=ascii_only, width=80))
    ascii_only.flush()
    assert b"x title of a" in raw.getvalue()


def test_nothing_a_learner_wrote_reaches_the_terminal_as_a_control_character() -> None:
    shown = Counterexample("f()", ATTACK, ATTACK)
    text = rendered(learner(failed("[red]a", ATTACK, counterexample=shown), student=HOSTILE, output=ATTACK))
    assert not set(text) & {"\x1b", "\x00", "\u202e"}
    assert "\\x1b[2J" in text
    assert "\\u202e" in text
    assert "title of [red]a" in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_nothing_a_learner_wrote_becomes_markup_in_html() -> None:
    shown = Counterexample(ATTACK, ATTACK, ATTACK)
    hostile = learner(failed("a", ATTACK, counterexample=shown), student=HOSTILE, output=ATTACK, notes=(ATTACK,))
    words = learner_words(replace(hostile, notes=(ATTACK,)), COURSE, SENTENCES)
    tags = Tags()
    page = learner_page(words, COURSE.title)
    tags.feed(page)
    assert not tags.seen & {"script", "img"}
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert "default-src 'none'" in page


def test_nothing_a_learner_wrote_becomes_markup_in_markdown() -> None:
    shown = Counterexample(ATTACK, ATTACK, ATTACK)
    hostile = learner(failed("a", ATTACK + "`<b>`", counterexample=shown), student=HOSTILE, output=ATTACK)
    plain = learner(failed("a", counterexample=Counterexample("f", "0", "1")), output="x")
    parse = MarkdownIt("commonmark").parse

    def shape(submission: SubmissionResult) -> list[str]:
        tokens = parse(learner_markdown(learner_words(submission, COURSE, SENTENCES), COURSE.title))
        return [token.type for token in tokens]

    assert shape(hostile) == shape(plain)
    inline = [
        child.type
        for token in parse(learner_markdown(learner_words(hostile, COURSE, SENTENCES), COURSE.title))
        for child in token.children or ()
    ]
    assert not {"html_inline", "image", "link_open"} & set(inline)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_visible_text_is_writable_and_has_no_unseen_character(text: str) -> None:
    shown = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert shown.encode("utf-8").decode("utf-8") == shown


def test_text_of_any_language_stays_as_it_is() -> None:
    for text in ("王小明", "Zoë", "محمد علي", "नमस्ते", "👩‍🔬", "tab\tand\nline"):
        assert visible(text) == text


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_a_file_name_is_safe_whatever_the_learner_is_called(student: str) -> None:
    stem = file_stem(student)
    assert 0 < len(f"{stem}.html".encode()) < 200
    assert not set(stem) & set('/\\:*?"<>|\x00 ')
    assert stem[0] not in ".-~"
    assert stem[-1] != "."
    assert stem.split(".")[0] not in {"con", "nul", "aux", "prn", "com1", "lpt1"}


def test_file_names_differ_where_a_file_system_would_fold_them() -> None:
    names = ["anna", "Anna", "ANNA", "Zoe\u0308", "Zo\u00eb", "a/b", "a_b", "con", "..", "", file_stem("Anna")]
    stems = [file_stem(name) for name in names]
    assert len({stem.casefold() for stem in stems}) == len(names)
    assert stems[0] == "anna"


def test_every_learner_of_a_class_gets_both_files(tmp_path: Path) -> None:
    run = made_run()
    folder = feedback.write_all(run, COURSE, tmp_path, SENTENCES)
    stems = {file_stem(submission.student) for submission in run.submissions}
    assert {path.name for path in folder.iterdir()} == {f"{s}{end}" for s in stems for end in (".md", ".html")}
    assert len(stems) == 60
    assert "王小明" in (folder / f"{file_stem('王小明')}.html").read_text(encoding="utf-8")


def test_submissions_are_read_one_by_one(tmp_path: Path) -> None:
    waiting = [made_run(2).submissions[index] for index in (0, 1)]
    folder = tmp_path / "feedback"

    def one_by_one() -> object:
        yield waiting[0]
        assert len(list(folder.iterdir())) == 2
        yield waiting[1]

    feedback.write_all(RunResult((), one_by_one()), COURSE, tmp_path)  # type: ignore[arg-type]
    assert len(list(folder.iterdir())) == 4


def test_the_class_table_has_a_row_per_learner_and_explains_its_signs() -> None:
    text = class_shown(made_run(), COURSE, 120)
    assert text.split()[:5] == ["learner", *(module.id for module in COURSE.modules), "total"]
    assert all(name in text for name in NAMES if name != HOSTILE)
    assert "\x1b" not in text
    assert "· not started" in text


def test_the_class_table_of_one_module_has_its_exercises_and_its_quiz() -> None:
    text = class_shown(made_run(), COURSE, 80, "m05_losses")
    assert text.split()[:5] == ["learner", "mae", "robust_losses", "quiz", "total"]
    assert re.search(r"^Anna .* of 30$", text, re.MULTILINE)


def class_shown(run: RunResult, course: Course, width: int, module: str | None = None) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(class_table(run, course, width, module))
    return out.getvalue()


def long_course() -> tuple[Course, RunResult]:
    """Thirteen modules of three exercises and a quiz, of which nobody handed in the last module."""
    ids = [f"m{number:02}_of_a_long_name" for number in range(1, 14)]
    parts = {module: [f"exercise_{module[:3]}_{at}" for at in range(3)] for module in ids}
    first = COURSE.exercises[0]
    modules = [
        Module(module, module, tuple(replace(first, id=name, module=module) for name in names))
        for module, names in parts.items()
    ]
    results = [
        ExerciseResult(name, "missing" if module == ids[-1] else "graded", 8.25 * (module != ids[-1]), 10.0)
        for module, names in parts.items()
        for name in (*names, f"{module}_quiz")
    ]
    learners = [
        SubmissionResult(name, 396.0, 520.0, tuple(results)) for name in ("a learner of a name that is long", "김민준")
    ]
    return Course(Path(), "A long course", tuple(modules)), RunResult((), learners)


@pytest.mark.parametrize("width", [60, 80, 300])
def test_the_class_table_of_a_long_course_keeps_names_and_numbers_whole(width: int) -> None:
    course, run = long_course()
    text = class_shown(run, course, width)
    assert max(cell_len(line.rstrip()) for line in text.splitlines()) <= width
    names = [module.id if width == 300 else module.id[:3] for module in course.modules[:-1]]
    words = text.split()
    assert [word for word in words if word in names] == names
    assert words.count("33") == 2 * len(names)
    assert text.count("396 of 520") == 2
    assert "nothing handed in: m13_of_a_long_name" in " ".join(text.split())


def test_a_module_with_something_unread_says_so_beside_its_score() -> None:
    course, run = long_course()
    broken = replace(run.submissions[0].exercises[0], status="unreadable", score=0.0)
    submission = replace(run.submissions[0], exercises=(broken, *run.submissions[0].exercises[1:]))
    assert "24.75?" in class_shown(RunResult((), (submission,)), course, 80)


def test_numbers_have_the_digits_that_matter() -> None:
    assert [number(value) for value in (7.0, 6.5, 10 / 3, 0.0, 9.999999)] == ["7", "6.5", "3.33", "0", "10"]


def test_code_spans_need_both_backticks() -> None:
    assert spans("use `len` or `x") == [("use ", False), ("len", True), (" or `x", False)]


def test_code_in_a_sentence_keeps_the_spaces_around_it_in_markdown() -> None:
    page = learner_markdown(learner_words(learner(failed("a", "Here `len` counts rows.")), COURSE, SENTENCES), "c")
    assert "Here `len` counts rows" in page


def test_a_note_that_the_message_has_already_is_not_said_twice() -> None:
    said = "mae.py, line 2: SyntaxError: expected ':'"
    for text in everywhere(learner(failed("a"), message=said, notes=(said, "a note of its own"))):
        assert text.count("SyntaxError") == 1
        assert "a note of its own" in text


def test_plain_words_have_no_backslashes_in_markdown() -> None:
    plain = "y_true and y_pred (3, 1) differ: 2.5 - 1 = 1.5, isn't it!"
    assert plain in learner_markdown(learner_words(learner(failed("a", plain)), COURSE, SENTENCES), "c")


def test_a_reason_that_was_said_is_referred_to_where_a_check_would_say_nothing_else() -> None:
    bare = failed("b", "one", counterexample=None)
    for text in everywhere(learner(failed("a", "one"), bare)):
        assert text.count("As above.") == 1
    for text in everywhere(learner(failed("a", "one"), failed("b", "one"))):
        assert "As above." not in text


@pytest.mark.parametrize("said", ["nothing was handed in for mae; ", "no answers to the quiz were handed in; "])
def test_what_was_not_handed_in_is_not_told_so_twice(said: str) -> None:
    for text in everywhere(learner(status="missing", message=f"{said}hand in the file")):
        assert "not handed in" in text
        assert "hand in the file" in text
        assert said not in text
