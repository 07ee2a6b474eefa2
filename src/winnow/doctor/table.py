"""The report as one table, and below it one line per failure and per survivor."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from winnow.doctor.examination import Report
from winnow.doctor.sheet import ALTERNATIVES, Sheet

LONGEST = 500
FIGURES = 8
"""So many figures of an exercise are shown."""


def table(report: Report) -> Table:
    """One row per exercise, in 80 columns; what is not as it should be is red."""
    made = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    made.add_column("exercise", no_wrap=True)
    for title in ("stub", "solution", "wrong\nnamed", "right\ntaken", "empty\nearns", "calls\nagree",
                  "mutants\nkilled", "seeds", "faults", *(["to\nwrite"] if report.draft else [])):  # fmt: skip
        made.add_column(title, justify="right", no_wrap=True)
    for sheet in report.sheets:
        cells = [*_cells(sheet)] if sheet.graded else [Text("-")] * FIGURES
        faults = len(report.faults(sheet))
        left = [Text(f"{len(sheet.missing)}")] if report.draft else []
        made.add_row(sheet.exercise, *cells, _cell(f"{faults}", not faults), *left)
    return made


def _cells(sheet: Sheet) -> Iterator[Text]:
    yield _cell("idle" if sheet.stub else "wrong", sheet.stub)
    full = sheet.reference and sheet.own_pytest
    yield _cell("full" if full else "loses", full)
    yield _cell(f"{sheet.named}/{sheet.misconceptions}", sheet.named == sheet.misconceptions)
    enough = sheet.accepted == sheet.alternatives >= ALTERNATIVES
    yield _cell(f"{sheet.accepted}/{sheet.alternatives}", enough)
    yield _cell("0" if not sheet.earning else f"{sheet.earning}/{sheet.impostors}", not sheet.earning)
    calls = sum(sheet.definitions.values())
    yield _cell(f"{calls}", all(sheet.definitions.values()))
    if sheet.mutants is None:
        yield Text("-")
    else:
        count = sheet.mutants
        yield _cell(f"{count.killed}/{count.total - count.equivalent}", not count.survivors)
    yield _cell(f"{sheet.seeds}" if sheet.steady else "some", sheet.steady)


def _cell(text: str, good: bool) -> Text:
    return Text(text, style="" if good else "red")


def lines(report: Report) -> Iterator[str]:
    """One line per failure, then one per mutant that survives."""
    for line in _lines(report):
        text = " ".join(line.split())
        yield text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _lines(report: Report) -> Iterator[str]:
    for sheet in report.sheets:
        for fault in report.faults(sheet):
            yield f"{sheet.exercise}: {fault}"
        for sentence in sheet.missing if report.draft else ():
            yield f"{sheet.exercise}: to write: {sentence}"
    for module, said in report.quizzes.items():
        for line in said:
            yield f"quiz of {module}: {line}"
    for sheet in report.sheets:
        for one in sheet.mutants.survivors if sheet.mutants else ():
            again = f", occurrence {one.key.occurrence}" if one.key.occurrence > 1 else ""
            yield (
                f"survives: {sheet.exercise}.py:{one.number} {one.key.operator}{again}: "
                f"`{one.key.line}` becomes `{one.key.becomes}`"
            )
