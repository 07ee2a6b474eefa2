"""Every export against the format that its reader documents."""

from __future__ import annotations

import codecs
import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from winnow.exports import FORMATS, ExportError, export
from winnow.feedback.naming import file_stem
from winnow.record import CheckResult, ExerciseResult, RunResult, Status, SubmissionResult
from winnow.record_file import load, pieces

from ..support.made_class import HOSTILE, made_course, made_run

COURSE = made_course()
RUN = made_run()
EXERCISES = ["groupby_na", "mae", "robust_losses", "mlp_forward"]
HEADINGS = [f"{exercise.id}: {exercise.title}" for exercise in COURSE.exercises]


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def mapping(path: Path, columns: list[str], run: RunResult = RUN) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["student", *columns])
        for index, submission in enumerate(run.submissions):
            writer.writerow([submission.student, *(f"{column.lower()[:2]}{index}" for column in columns)])
    return path


def only(student: str) -> RunResult:
    return replace(RUN, submissions=tuple(made for made in RUN.submissions if made.student == student))


def broken_learner() -> SubmissionResult:
    return next(made for made in RUN.submissions if any(result.status == "grader_error" for result in made.exercises))


def test_grades_csv_has_a_row_per_learner_and_a_column_per_exercise(tmp_path: Path) -> None:
    rows = table(export(RUN, COURSE, "csv", tmp_path / "grades.csv"))
    assert rows[0] == ["student", "score", "points", *EXERCISES, "status", *(f"{name} status" for name in EXERCISES)]
    assert len(rows) == 61
    assert {len(row) for row in rows} == {12}
    by_student = {row[0]: row for row in rows}
    for submission in RUN.submissions:
        if not submission.student.startswith(("=", "<")):
            row = by_student[submission.student]
            if any(result.status == "graded" for result in submission.exercises):
                assert float(row[1]) == pytest.approx(submission.score, abs=1e-4)
            else:
                assert row[1] == ""


def unlike() -> RunResult:
    """One learner of each kind: a 0, not handed in, not started, and not readable."""

    def learner(student: str, status: Status, score: float = 0.0) -> SubmissionResult:
        exercises = tuple(replace(one, status=status, score=score, checks=()) for one in RUN.submissions[0].exercises)
        return SubmissionResult(student, score * len(exercises), 60.0, exercises)

    kinds: list[tuple[str, Status]] = [
        ("a", "graded"), ("b", "missing"), ("c", "not_started"), ("d", "unreadable"), ("e", "grader_error"),
    ]  # fmt: skip
    return replace(RUN, submissions=tuple(learner(*kind) for kind in kinds))


WORDS = ["graded", "not handed in", "not started", "could not be read", "not judged"]


def test_what_has_no_grade_is_blank_and_told_from_a_zero(tmp_path: Path) -> None:
    _, *rows = table(export(unlike(), COURSE, "csv", tmp_path / "grades.csv"))
    assert [row[1] for row in rows] == ["0", "", "", "", ""]
    for row, word in zip(rows, WORDS, strict=True):
        assert row[3:7] == [row[1]] * 4
        assert row[7:] == [word] * 5


def test_every_institution_is_told_why_there_is_no_grade(tmp_path: Path) -> None:
    _, _, *rows = table(export(unlike(), COURSE, "canvas", tmp_path / "canvas.csv"))
    assert [row[5:] for row in rows] == [
        [grade] * 4 + [word] * 4 for grade, word in zip(["0", "", "", "", ""], WORDS, strict=True)
    ]
    _, *rows = table(export(unlike(), COURSE, "moodle", tmp_path / "moodle.csv"))
    for row, word, grade in zip(rows, WORDS, "0----", strict=True):
        assert [*row[1:8:2], row[9]] == [grade] * 5
        assert row[10:] == [word] * 5
    _, *rows = table(export(unlike(), COURSE, "blackboard", tmp_path / "blackboard.csv"))
    assert [row[3:7] for row in rows] == [["0"] * 4, *[[""] * 4] * 4]
    assert [row[7:] for row in rows] == [[word] * 4 for word in WORDS]
    folder = export(unlike(), COURSE, "gradescope", tmp_path / "gradescope")
    for name, word in zip("bcde", WORDS[1:], strict=True):
        tests = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["tests"]
        assert all(test["extra_data"] == {"status": word} for test in tests)


@pytest.mark.parametrize("to", ["csv", "canvas", "moodle", "blackboard"])
def test_every_table_has_the_mark_by_which_excel_knows_utf_8(tmp_path: Path, to: str) -> None:
    raw = export(RUN, COURSE, to, tmp_path / "out.csv").read_bytes()
    assert raw.startswith(codecs.BOM_UTF8)
    assert "王小明" in raw.decode("utf-8")


def test_a_fault_of_the_grader_is_an_empty_cell_and_no_zero(tmp_path: Path) -> None:
    broken = broken_learner()
    rows = table(export(only(broken.student), COURSE, "csv", tmp_path / "grades.csv"))
    assert rows[1][3 + EXERCISES.index("robust_losses")] == ""
    canvas = table(export(only(broken.student), COURSE, "canvas", tmp_path / "canvas.csv"))
    assert canvas[2][5 + EXERCISES.index("robust_losses")] == ""
    moodle = table(export(only(broken.student), COURSE, "moodle", tmp_path / "moodle.csv"))
    assert moodle[1][1 + 2 * EXERCISES.index("robust_losses")] == "-"


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", " =1", "＝1+1", "%0A=1", "a;=1", "a; -1"]  # noqa: RUF001


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("to", ["csv", "canvas", "moodle"])
def test_no_cell_is_a_formula(tmp_path: Path, name: str, to: str) -> None:
    run = replace(RUN, submissions=(replace(RUN.submissions[0], student=name),))
    for row in table(export(run, COURSE, to, tmp_path / "out.csv")):
        for value in row:
            # Where lists have semicolons, spreadsheets cut at these.
            for part in value.split(";"):
                assert not re.match(r"\s*[=+@%＝]", part), value  # noqa: RUF001
                assert not part.strip().startswith("-") or value.strip() == "-"


def test_a_negative_number_from_the_mapping_file_stays_a_number(tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text("student,number\ns01,-12\n", encoding="utf-8")
    assert table(export(only("s01"), COURSE, "csv", tmp_path / "g.csv", ids))[1][1] == "-12"


def test_json_is_the_record_to_the_byte(tmp_path: Path) -> None:
    assert export(RUN, COURSE, "json", tmp_path / "r.json").read_text(encoding="utf-8") == "".join(pieces(RUN))
    empty = replace(RUN, submissions=())
    assert export(empty, COURSE, "json", tmp_path / "e.json").read_text(encoding="utf-8") == "".join(pieces(empty))


def test_json_under_other_names_still_loads(tmp_path: Path) -> None:
    out = export(RUN, COURSE, "json", tmp_path / "r.json", mapping(tmp_path / "ids.csv", ["Code"]))
    assert [made.student for made in load(out).submissions][:2] == ["co0", "co1"]


def junit_schema() -> Any:
    etree = pytest.importorskip("lxml.etree", reason="lxml validates the XML")
    return etree, etree.XMLSchema(etree.parse(str(Path(__file__).parent / "formats" / "junit.xsd")))


def test_junit_fits_the_schema(tmp_path: Path) -> None:
    etree, schema = junit_schema()
    tree = etree.parse(str(export(RUN, COURSE, "junit", tmp_path / "junit.xml")))
    schema.assertValid(tree)
    suites = tree.getroot().findall("testsuite")
    assert len(suites) == 60
    for suite in suites:
        for counted, found in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(counted)) == len(suite.findall(f"testcase/{found}"))
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
    assert tree.findall(".//testcase/error[@type='grader_error']")


def test_junit_uses_only_what_pytest_itself_writes(tmp_path: Path) -> None:
    etree, schema = junit_schema()
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): print('x'); assert 0\n"
        "@pytest.mark.skip\ndef test_c(): pass\n@pytest.fixture\ndef f(): raise OSError\ndef test_d(f): pass\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "junit_logging=all"]
    subprocess.run([*command, "--junitxml=own.xml", "test_it.py"], cwd=tmp_path, capture_output=True, check=False)
    own = etree.parse(str(tmp_path / "own.xml"))
    schema.assertValid(own)

    def vocabulary(tree: Any) -> set[tuple[str, str]]:
        return {(node.tag, name) for node in tree.iter() for name in node.keys()}  # noqa: SIM118 - lxml elements

    ours = etree.parse(str(export(RUN, COURSE, "junit", tmp_path / "ours.xml")))
    assert vocabulary(ours) - vocabulary(own) <= {("failure", "type"), ("error", "type")}


def test_junit_survives_characters_that_xml_forbids(tmp_path: Path) -> None:
    etree, schema = junit_schema()
    bad = "\x00\x1b[0m\ufffe\udcff]]>&<"
    check = CheckResult("t", bad, "hidden", "failed", 0.0, 1.0, bad)
    result = ExerciseResult("mae", "graded", 0.0, 1.0, (check,), output=bad)
    run = RunResult((), (SubmissionResult(bad, 0.0, 1.0, (result,)),))
    tree = etree.parse(str(export(run, COURSE, "junit", tmp_path / "junit.xml")))
    schema.assertValid(tree)
    assert "\\x1b[0m" in tree.findtext(".//system-out")


def test_gradescope_files_fit_its_specification(tmp_path: Path) -> None:
    folder = export(RUN, COURSE, "gradescope", tmp_path / "gradescope")
    assert {path.stem for path in folder.iterdir()} == {file_stem(made.student) for made in RUN.submissions}
    views = {"hidden", "after_due_date", "after_published", "visible"}
    formats = {"text", "html", "simple_format", "md", "ansi"}
    for submission in RUN.submissions:
        data = json.loads((folder / f"{file_stem(submission.student)}.json").read_text(encoding="utf-8"))
        assert data.keys() <= {
            "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
            "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
        }  # fmt: skip
        assert data["score"] == pytest.approx(submission.score)
        assert {data["visibility"], data["stdout_visibility"]} <= views
        assert {data["output_format"], data["test_output_format"], data["test_name_format"]} <= formats
        for test in data["tests"]:
            assert test.keys() <= {
                "score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags",
                "visibility", "extra_data",
            }  # fmt: skip
            assert test["status"] in {"passed", "failed"}
            assert test["visibility"] in views
            assert test["output_format"] in formats
            assert isinstance(test["output"], str)
        assert sum(test.get("score", 0.0) for test in data["tests"]) == pytest.approx(submission.score)


def test_one_learner_can_be_written_to_the_file_gradescope_reads(tmp_path: Path) -> None:
    out = tmp_path / "results" / "results.json"
    export(only("s01"), COURSE, "gradescope", out)
    assert json.loads(out.read_text(encoding="utf-8"))["score"] == only("s01").submissions[0].score
    with pytest.raises(ExportError, match="60 learners"):
        export(RUN, COURSE, "gradescope", out)


def reported(data: dict[str, Any]) -> tuple[float, float]:
    """What autograding-grading-reporter hands to GitHub Classroom: the sum of scores, and the maximum."""
    return sum(test["score"] for test in data["tests"]), data["max_score"]


def test_classroom_results_are_what_its_reporter_adds_up(tmp_path: Path) -> None:
    folder = export(RUN, COURSE, "classroom", tmp_path / "classroom")
    for submission in RUN.submissions:
        data = json.loads((folder / f"{file_stem(submission.student)}.json").read_text(encoding="utf-8"))
        assert data.keys() == {"version", "status", "max_score", "tests"}
        assert data["tests"]
        assert reported(data) == pytest.approx((submission.score, submission.points))
        states = {test["status"] for test in data["tests"]}
        assert states <= {"pass", "fail", "error"}
        assert data["status"] == ("error" if "error" in states else "fail" if "fail" in states else "pass")
        for test in data["tests"]:
            assert test.keys() == {"name", "status", "score", "message", "test_code", "filename", "line_no"}


def test_a_fault_of_the_grader_makes_no_share_better_in_any_format(tmp_path: Path) -> None:
    """Full maximum and a flag, or no grade at all."""
    check = CheckResult("t", "a title", "hidden", "failed", 5.0, 10.0)
    graded = ExerciseResult("mae", "graded", 5.0, 10.0, (check,))
    lost = ExerciseResult("robust_losses", "grader_error", 0.0, 20.0, message="KeyError in /graders/secret.py")
    run = RunResult((), (SubmissionResult("s01", 5.0, 30.0, (graded, lost)),))
    for name, maximum in (("classroom", lambda data: data["max_score"]),
                          ("gradescope", lambda data: sum(test["max_score"] for test in data["tests"]))):  # fmt: skip
        text = export(run, COURSE, name, tmp_path / f"{name}.json").read_text(encoding="utf-8")
        assert maximum(json.loads(text)) == 30.0
        assert "by a fault of the grader and not of your code: it counts 0 until it is graded again" in text
        assert "secret" not in text
        assert sum(test["score"] for test in json.loads(text)["tests"]) == 5.0
    flagged = {"moodle": "not judged", "canvas": "not judged", "blackboard": "not judged", "csv": "not judged"}
    for name, word in flagged.items():
        header, *_, row = table(export(run, COURSE, name, tmp_path / f"{name}.csv"))
        cells = dict(zip(header, row, strict=True))
        assert word in row
        assert [value for heading, value in cells.items() if heading.startswith("robust_losses")
                and "status" not in heading and "feedback" not in heading] in ([""], ["-"])  # fmt: skip
        assert cells.get("Total (percent)", "-") == "-"
        assert cells.get("points", "30") == "30"


def test_moodle_has_one_way_to_find_a_learner_and_grades_it_accepts(tmp_path: Path) -> None:
    rows = table(export(RUN, COURSE, "moodle", tmp_path / "moodle.csv"))
    pairs = [text for heading in HEADINGS for text in (heading, f"{heading} (feedback)")]
    assert rows[0] == ["Username", *pairs, "Total (percent)", "Status", *(f"Status of {name}" for name in EXERCISES)]
    for row in rows[1:]:
        for value in row[1:10:2]:
            assert value == "-" or (re.fullmatch(r"\d+(\.\d+)?", value) and float(value) <= 100)
    assert not any("<" in value for row in rows[1:] for value in row[2:9:2])
    ids = mapping(tmp_path / "ids.csv", ["Email address", "ID number"])
    named = table(export(RUN, COURSE, "moodle", tmp_path / "moodle.csv", ids))
    assert named[0][:3] == ["Email address", "ID number", HEADINGS[0]]
    assert named[1][:2] == ["em0", "id0"]


def test_moodle_refuses_an_exercise_above_its_highest_grade(tmp_path: Path) -> None:
    huge = SubmissionResult("s01", 0.0, 200.0, (ExerciseResult("mae", "not_started", 0.0, 200.0),))
    with pytest.raises(ExportError, match="mae is worth 200"):
        export(RunResult((), (huge,)), COURSE, "moodle", tmp_path / "moodle.csv")


def canvas_reads(rows: list[list[str]]) -> tuple[dict[str, float], dict[str, list[str]]]:
    """The rules of Canvas' importer: which columns are a learner's, which no assignment's, which row has the points."""
    header = rows[0]
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert re.search(r"SIS\s+User\s+ID", header[2])
    assert re.search(r"SIS\s+Login\s+ID", header[3])
    assert "Section" in header[4]
    no_assignment = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
    end = next((at for at, heading in enumerate(header) if at > 4 and no_assignment.search(heading)), len(header))
    assert all(no_assignment.search(heading) for heading in header[end:])
    points: dict[str, float] = {}
    learners: dict[str, list[str]] = {}
    for row in rows[1:]:
        if "Points Possible" in row[0]:
            assert not points
            points = {title: float(value) for title, value in zip(header[5:end], row[5:end], strict=True)}
        else:
            learners[row[2] or row[0]] = row[5:end]
    return points, learners


def test_canvas_finds_header_points_and_learners(tmp_path: Path) -> None:
    ids = mapping(tmp_path / "ids.csv", ["SIS User ID", "Section"])
    points, learners = canvas_reads(table(export(RUN, COURSE, "canvas", tmp_path / "canvas.csv", ids)))
    assert points == dict(zip(HEADINGS, [10.0, 10.0, 20.0, 20.0], strict=True))
    assert list(learners) == [f"si{index}" for index in range(60)]


def test_no_learner_can_pass_for_the_row_of_points(tmp_path: Path) -> None:
    run = replace(RUN, submissions=(replace(RUN.submissions[0], student="Points Possible"),))
    points, learners = canvas_reads(table(export(run, COURSE, "canvas", tmp_path / "canvas.csv")))
    assert points[HEADINGS[0]] == 10.0
    assert len(learners) == 1


def test_canvas_needs_a_column_it_knows(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="SIS Login ID"):
        export(RUN, COURSE, "canvas", tmp_path / "c.csv", mapping(tmp_path / "ids.csv", ["Matrikel"]))


@pytest.mark.parametrize("to", sorted(FORMATS))
def test_a_learner_without_a_row_in_the_mapping_file_is_one_sentence(tmp_path: Path, to: str) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text("student,Student\ns01,Kim\n", encoding="utf-8")
    with pytest.raises(ExportError) as caught:
        export(RUN, COURSE, to, tmp_path / "out", ids)
    assert re.fullmatch(r"\S+ids\.csv has no row for '.*' and 58 more: add it, or leave out --ids", str(caught.value))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must begin with a line"),
        ("name,id\ns01,1\n", "must begin with a line"),
        ("student\ns01\n", "must begin with a line"),
        ("student,id\ns01\n", "line 2, has 1 values where the first line names 2"),
        ("student,id\ns01,1\ns01,2\n", "line 3, lists 's01' again"),
        ("student,id\ns01,1\ns02,1\n", "line 3, gives 's02' the id '1', which line 2 gives 's01'"),
        ("student,id\ns01,\n", "line 2, gives 's01' no id"),
        ('student,id\ns01,"1\n', "line 2, is no line of a CSV file"),
    ],
)
def test_a_mapping_file_that_cannot_be_right_is_refused(tmp_path: Path, text: str, said: str) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text(text, encoding="utf-8")
    with pytest.raises(ExportError, match=said):
        export(only("s01"), COURSE, "csv", tmp_path / "out.csv", ids)


@pytest.mark.parametrize(("to", "columns"), [("canvas", "SIS User ID"), ("moodle", "Email address")])
def test_learners_may_share_a_name_where_an_institution_finds_them_by_something_else(
    tmp_path: Path, to: str, columns: str
) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text(f"student,Student,{columns}\ns01,Kim Lee,k1\ns02,Kim Lee,k2\n", encoding="utf-8")
    run = replace(RUN, submissions=tuple(one for one in RUN.submissions if one.student in ("s01", "s02")))
    assert len(table(export(run, COURSE, to, tmp_path / "out.csv", ids))) >= 3
    ids.write_text(f"student,Student,{columns}\ns01,Kim Lee,k1\ns02,Mia Lee,k1\n", encoding="utf-8")
    with pytest.raises(ExportError, match=f"line 3, gives 's02' the {columns} 'k1', which line 2 gives 's01'"):
        export(run, COURSE, to, tmp_path / "out.csv", ids)


@pytest.mark.parametrize("to", ["canvas", "moodle", "csv"])
def test_what_nobody_can_read_is_no_grade(tmp_path: Path, to: str) -> None:
    """Code that does not compile has its 0."""
    (one,) = only("s01").submissions
    first, second, *others = one.exercises
    damaged = replace(first, status="unreadable", score=0.0, checks=(), message="mae.py is damaged")
    broken = replace(second, status="unreadable", score=0.0, message="mae.py does not compile")
    run = replace(RUN, submissions=(replace(one, exercises=(damaged, broken, *others)),))
    header, *_, row = table(export(run, COURSE, to, tmp_path / "out.csv"))
    of = {name.partition(":")[0]: value for name, value in zip(header, row, strict=True) if "feedback" not in name}
    assert of[first.exercise] == ("-" if to == "moodle" else "")
    assert of[second.exercise] == "0"
    assert of.get("Total (percent)", "-") == "-"


def test_a_mapping_file_from_a_spreadsheet_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text("\ufeffstudent,id\ns01,17\n", encoding="utf-8")
    assert table(export(only("s01"), COURSE, "csv", tmp_path / "g.csv", ids))[1][:2] == ["s01", "17"]
    with pytest.raises(ExportError, match="cannot be read"):
        export(only("s01"), COURSE, "csv", tmp_path / "g.csv", tmp_path / "none.csv")


def test_an_unknown_format_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="csv, json, junit, gradescope, classroom, moodle, moodle-worksheet, canvas"):
        export(RUN, COURSE, "excel", tmp_path / "out")


@pytest.mark.parametrize("to", sorted(FORMATS.keys() - {"json"}))
def test_no_export_but_the_record_tells_what_went_wrong_inside_the_grader(tmp_path: Path, to: str) -> None:
    out = export(only(broken_learner().student), COURSE, to, tmp_path / "out")
    for path in [out] if out.is_file() else out.iterdir():
        assert "/graders/" not in path.read_text(encoding="utf-8")


def test_hostile_names_stay_inside_the_folder(tmp_path: Path) -> None:
    folder = export(only(HOSTILE), COURSE, "classroom", tmp_path / "out")
    assert [path.parent for path in tmp_path.rglob("*.json")] == [folder]
