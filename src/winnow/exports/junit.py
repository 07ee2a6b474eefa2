"""JUnit XML of the xunit2 family, as pytest writes it: one suite per learner, one case per check."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from winnow.atomic_write import atomically
from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.feedback.visible import one_line, visible
from winnow.feedback.words import OUTCOMES, STATUSES, ExerciseWords, learner_words
from winnow.record import RunResult, SubmissionResult


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write all suites to one file.

    What was not run or not started is skipped; a fault of the grader is an error, everything else that lost
    points a failure.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with atomically(out) as part, part.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="winnow">\n')
        for submission in run.submissions:
            name = ids.name(submission.student) if ids else submission.student
            file.write(ElementTree.tostring(_suite(submission, name, course), encoding="unicode") + "\n")
        file.write("</testsuites>\n")
    return out


def _suite(submission: SubmissionResult, name: str, course: Course) -> ElementTree.Element:
    words = learner_words(submission, course, {})
    cases = [case for exercise in words.exercises for case in _cases(exercise)]
    suite = ElementTree.Element("testsuite", name=one_line(name), tests=str(len(cases)), time="0.000")
    for counted, tag in (("errors", "error"), ("failures", "failure"), ("skipped", "skipped")):
        suite.set(counted, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    printed = "\n".join(f"{exercise.id}:\n{exercise.output}" for exercise in words.exercises if exercise.output)
    if printed:
        ElementTree.SubElement(suite, "system-out").text = printed
    return suite


_TAGS = {"failed": "failure", "not_run": "skipped", "not_started": "skipped", "grader_error": "error"}
_STATUS_TAGS = {
    "unreadable": "failure",
    "not_started": "skipped",
    "missing": "skipped",
    "grader_error": "error",
}


def _cases(exercise: ExerciseWords) -> list[ElementTree.Element]:
    if exercise.status != "graded":
        case = ElementTree.Element("testcase", classname=exercise.id, name=exercise.title)
        message = one_line(exercise.message) or STATUSES[exercise.status]
        ElementTree.SubElement(case, _STATUS_TAGS[exercise.status], type=exercise.status, message=message)
        return [case]
    cases = []
    for check in exercise.checks:
        case = ElementTree.Element("testcase", classname=exercise.id, name=check.title)
        if check.outcome in _TAGS:
            message = one_line(check.why) or OUTCOMES[check.outcome]
            found = ElementTree.SubElement(case, _TAGS[check.outcome], type=check.outcome, message=message)
            found.text = visible("\n".join(f"{label}: {value}" for label, value in check.facts)) or None
        cases.append(case)
    return cases
