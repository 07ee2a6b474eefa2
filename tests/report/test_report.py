"""The class report: right figures, AA contrast, nothing foreign in the page."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from winnow import report
from winnow.feedback.page import TEMPLATES as SHARED
from winnow.record import CheckResult, ExerciseResult, RunResult, SubmissionResult
from winnow.report import alike
from winnow.report.figures import Moments, binned, collect
from winnow.report.page import by_module, heat, percent, remark

from ..support.big_class import big_course, big_run
from ..support.made_class import SENTENCES, made_course, made_run, made_sources

COURSE = made_course()
RUN = made_run()


def page(run: RunResult, tmp_path: Path, sources: alike.Sources | None = None) -> str:
    found = alike.find_alike(sources, COURSE) if sources else None
    return report.write(run, COURSE, tmp_path, SENTENCES, found).read_text(encoding="utf-8")


def test_correlation_is_pearsons_also_far_from_zero() -> None:
    rng = np.random.default_rng(3)
    xs, ys = rng.normal(size=200), rng.normal(size=200)
    ys += 0.6 * xs
    moments = Moments()
    for x, y in zip(xs + 1e6, ys, strict=True):
        moments.add(float(x), float(y))
    assert moments.correlation == pytest.approx(np.corrcoef(xs, ys)[0, 1], abs=1e-6)


def test_an_item_that_never_varies_has_no_discrimination() -> None:
    moments = Moments()
    for y in (1.0, 2.0, 3.0):
        moments.add(1.0, y)
    assert moments.correlation is None


def test_difficulty_and_discrimination_are_those_of_the_definition() -> None:
    figures = collect(RUN, COURSE, SENTENCES)
    check = figures.exercises["mae"].checks["test_definition"]
    items, rests = [], []
    for submission in RUN.submissions:
        judged = [c for r in submission.exercises if r.status == "graded" for c in r.checks]
        mine = next(
            (c for r in submission.exercises if r.exercise == "mae" for c in r.checks if c.name == check.name), None
        )
        if mine:
            items.append(mine.score / mine.points)
            rests.append((sum(c.score for c in judged) - mine.score) / (sum(c.points for c in judged) - mine.points))
    assert check.tried == len(items)
    assert check.difficulty == pytest.approx(np.mean(items))
    assert check.discrimination == pytest.approx(np.corrcoef(items, rests)[0, 1])


def test_a_check_that_only_the_weak_pass_is_remarked_on() -> None:
    def learner(index: int) -> SubmissionResult:
        strong = index % 2
        outcomes = [("odd", not strong), ("a", strong), ("b", strong)]
        checks = tuple(
            CheckResult(name, name, "hidden", "passed" if ok else "failed", float(ok), 1.0) for name, ok in outcomes
        )
        score = sum(check.score for check in checks)
        return SubmissionResult(f"s{index}", score, 3.0, (ExerciseResult("mae", "graded", score, 3.0, checks),))

    figures = collect(RunResult((), tuple(map(learner, range(40)))), COURSE, {})
    odd, good = (figures.exercises["mae"].checks[name] for name in ("odd", "a"))
    assert odd.discrimination == pytest.approx(-1.0)
    assert "weaker learners" in remark(odd)
    assert remark(good) == ""


def test_misconceptions_come_by_frequency_with_their_sentence(tmp_path: Path) -> None:
    text = page(RUN, tmp_path)
    figures = collect(RUN, COURSE, SENTENCES)
    counts = [int(count) for count in re.findall(r"<li><b>(\d+)</b>\n<div><q>", text)]
    assert counts == sorted((len(found.students) for found in figures.misconceptions.values()), reverse=True)
    assert "<code>cosh</code> overflows" in text


def test_a_misconception_without_a_sentence_is_told_as_its_learner_was_told() -> None:
    figures = collect(RUN, COURSE, {})
    assert figures.misconceptions["mae", "len_div"].sentence == SENTENCES["mae"]["len_div"]


def test_who_has_not_started_was_stopped_or_could_not_be_graded_is_named() -> None:
    figures = collect(RUN, COURSE, SENTENCES)
    assert len(figures.idle) == 4
    assert [exercise for _, exercise in figures.stopped] == ["mlp_forward"]
    assert {trouble.status for trouble in figures.troubles} == {"unreadable", "grader_error"}


def test_every_learner_stands_in_one_part_of_the_bar() -> None:
    for exercise in collect(RUN, COURSE, SENTENCES).exercises.values():
        parts = exercise.full + exercise.partly + exercise.none + exercise.troubled + len(exercise.not_started)
        assert parts == 60
        assert sum(exercise.bins) == len(exercise.shares)


def test_bins_hold_their_lower_edge_and_full_marks_stand_apart() -> None:
    assert binned([0.0, 0.1, 0.3, 0.7, 0.999, 1.0]) == [1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 1]


def test_percentages_never_round_to_none_or_to_all() -> None:
    assert [percent(value)[:-2] for value in (0.0, 0.001, 0.5, 0.999, 1.0)] == ["0", "1", "50", "99", "100"]


def test_the_page_is_one_file_that_asks_nobody_for_anything(tmp_path: Path) -> None:
    text = page(RUN, tmp_path, made_sources(RUN))
    assert not re.search(r"(src|href)=\"(https?:|//|data:)|@import|url\(", text)
    assert set(re.findall(r'href="([^#"]+)"', text)) == {
        link for link in re.findall(r'href="([^#"]+)"', text) if link.startswith("feedback/")
    }
    assert text.count("<script>") == 1
    assert "<script>alert" not in text


def test_a_class_of_nobody_and_a_class_that_has_not_started_have_a_report(tmp_path: Path) -> None:
    assert "Nobody has handed in anything yet" in page(RunResult((), ()), tmp_path)
    idle = SubmissionResult("s01", 0.0, 10.0, (ExerciseResult("mae", "not_started", 0.0, 10.0),))
    text = page(RunResult((), (idle,)), tmp_path)
    assert "Confined by: nothing" in text
    assert "1 learner handed in nothing at all" in text


def test_an_exercise_that_the_course_no_longer_lists_is_still_reported(tmp_path: Path) -> None:
    gone = ExerciseResult("gone", "graded", 1.0, 1.0, (CheckResult("t", "t", "hidden", "passed", 1.0, 1.0),))
    assert "gone" in page(RunResult((), (SubmissionResult("s01", 1.0, 1.0, (gone,)),)), tmp_path)


def test_submissions_are_read_once(tmp_path: Path) -> None:
    streamed = replace(RUN, submissions=iter(RUN.submissions))  # type: ignore[arg-type]
    assert page(streamed, tmp_path / "a") == page(RUN, tmp_path / "b")


def test_the_same_text_is_found_without_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(alike, "_library", lambda: None)
    found = alike.find_alike(made_sources(RUN), COURSE)
    assert [(group.kind, len(group.students)) for group in found.groups] == [("same text", 2)]
    assert "install copydetect" in page(RUN, tmp_path, made_sources(RUN))


def test_renaming_does_not_hide_a_copy() -> None:
    pytest.importorskip("copydetect", reason="copydetect is optional")
    found = alike.find_alike(made_sources(RUN), COURSE)
    assert found.thorough
    assert [(group.kind, len(group.students)) for group in found.groups] == [
        ("same text", 2),
        ("same but for names", 3),
    ]


def test_a_line_added_does_not_hide_a_copy() -> None:
    pytest.importorskip("copydetect", reason="copydetect is optional")
    lines = [f"    if a.shape[{k}] != b.shape[{k}] and {k * 37} not in a: return {k} * b[{k}]" for k in range(12)]
    text = "def mae(a, b):\n" + "\n".join(lines)
    sources = {"one": {"mae": text}, "two": {"mae": text + "\n    print(a, b)\n"}, "three": {"mae": "def mae(a): 0"}}
    (group,) = alike.find_alike(sources, COURSE).groups
    assert (group.kind, group.students) == ("nearly the same", ("one", "two"))
    assert 0.85 <= group.likeness < 1


def test_what_is_alike_comes_in_one_order_whatever_was_compared_first() -> None:
    text = "def f(a, b):\n    c = a\n    d = b\n    return c - d\n"
    exercises = [exercise.id for exercise in COURSE.exercises]
    orders = exercises, exercises[::-1]
    found = [alike.find_alike({who: dict.fromkeys(order, text) for who in "ab"}, COURSE).groups for order in orders]
    assert len(found[0]) == len(exercises) > 1
    assert found[0] == found[1]


def test_short_answers_and_common_answers_are_not_called_alike() -> None:
    pytest.importorskip("copydetect", reason="copydetect is optional")
    short = {f"s{k}": {"mae": "def mae(a, b):\n    return abs(a - b).mean()\n"} for k in range(4)}
    assert not alike.find_alike(short, COURSE).groups
    body = "\n".join(f"    a{{0}} = a{{0}}[{k}] + {k}" for k in range(20))
    common = {f"s{k}": {"mae": "def mae(a0, b):\n" + body.format(k)} for k in range(9)}
    found = alike.find_alike(common, COURSE)
    assert not found.groups
    assert found.left_out == 1


def big_page(folder: Path) -> str:
    course = big_course()
    return report.write(big_run(course), course, folder, {}).read_text(encoding="utf-8")


def test_what_to_teach_next_comes_first(tmp_path: Path) -> None:
    text = page(RUN, tmp_path)
    sections = re.findall(r'<section (?:id="\w+" )?aria-labelledby="h-(\w+)"', text)
    assert sections[:2] == ["teach", "scores"]


def test_exercises_and_quizzes_stand_with_their_modules() -> None:
    course = big_course()
    figures = collect(big_run(course), course, {})
    found = by_module(figures, course)
    assert [module.id for module in found] == [module.id for module in course.modules]
    assert sum(len(module.exercises) for module in found) == len(figures.exercises) == 53
    assert all(module.exercises[-1].id == f"{module.id}_quiz" for module in found)
    gone = ExerciseResult("gone", "graded", 1.0, 1.0)
    run = RunResult((), (SubmissionResult("s01", 1.0, 1.0, (gone,)),))
    (other,) = by_module(collect(run, course, {}), course)
    assert [exercise.id for exercise in other.exercises] == ["gone"]


def test_a_shade_is_a_quarter_of_the_points_and_all_of_them_one_of_its_own() -> None:
    assert [heat(score, 10) for score in (0, 2.4, 2.5, 5, 7.5, 9.99, 10)] == [
        "h0",
        "h0",
        "h1",
        "h2",
        "h3",
        "h3",
        "full",
    ]


def test_forty_exercises_are_a_map_of_colours_and_modules_that_fold(tmp_path: Path) -> None:
    text = big_page(tmp_path)
    assert 'id="everybody" aria-labelledby="h-learners" aria-describedby="reading" class="heat"' in text
    body = text[text.index('id="everybody"') : text.index("</tbody>", text.index('id="everybody"'))]
    rows = re.findall(r"<tr><th scope=.row.>.*?</tr>", body, re.DOTALL)
    assert len(rows) == 40
    assert {row.count("<td") for row in rows} == {54}
    assert text.count('<details class="module">') == 13
    assert "Kim Minsu" in text
    few = page(RUN, tmp_path / "few")
    assert 'class="heat"' not in few
    assert few.count('<details class="module" open>') == 3


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def schemes() -> list[dict[str, str]]:
    css = (SHARED / "palette.css").read_text(encoding="utf-8")
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in css.split(":root")[1:]]


@pytest.mark.parametrize("colours", schemes(), ids=["light", "dark", "print"])
def test_every_text_has_aa_contrast(colours: dict[str, str]) -> None:
    grounds, texts = ("paper", "card"), ("ink", "soft", "accent", "good", "bad", "warn")
    pairs = [*itertools.product(texts, grounds), *((f"on-s{k}", f"s{k}") for k in (1, 2, 3)), ("paper", "warn")]
    for text, ground in pairs:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_a_text_that_does_not_end_is_read_once() -> None:
    assert alike._shape('"' + '\\"' * 100_000) == "S"
    assert alike._shape('x = "never\ny = 1') == "V=SV=1"
