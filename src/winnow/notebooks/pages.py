"""nbgrader's feedback pages without what only a grader needs: they are for learners to read."""

from __future__ import annotations

import html
import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

TAG = re.compile(r"<(?!https?://)(?=[A-Za-z/!?])")
"""What begins a tag, a comment or an instruction; an address in angle brackets is a link."""

STYLE = """\
<style>
.rendered_html th, .rendered_html td { padding: .2em 1em .2em 0; text-align: left; vertical-align: top }
.rendered_html table { margin-bottom: 1em }
.rendered_html .anchor-link { display: none }
div.output_area pre { white-space: pre-wrap }
</style>"""


class ReadableFeedback(NbGraderPreprocessor):  # type: ignore[misc]
    """For `GenerateFeedback.preprocessors`, behind `GetGrades`."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave out the code of pictures and of cells that stand for hidden checks, and numbers said twice."""
        nb.cells = [cell for cell in nb.cells if not _draws(cell)]
        for cell in nb.cells:
            _disarm(cell)
            if is_grade(cell) and cell.cell_type == "code":
                # The score stands above the cell, with what a grader gave by hand.
                cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
                if _is_given(cell) and "NBGRADER_EXECUTION" in cell.source:
                    cell.source = cell.source.partition("\n")[0]
        first = next((cell for cell in nb.cells if cell.cell_type == "markdown" and not is_grade(cell)), None)
        if first is not None:
            first.source = f"{STYLE}\n\n{first.source}"
        return nb, resources


def _disarm(cell: Any) -> None:
    """Have the HTML in a cell shown as text: whoever opens the page must not run what a learner wrote into it."""
    # Classes of the page are made of these, as they are.
    cell.metadata.pop("tags", None)
    if cell.cell_type == "markdown":
        cell.source = TAG.sub("&lt;", cell.source)
    elif cell.cell_type == "raw":
        cell.source = html.escape(cell.source)


def _draws(cell: Any) -> bool:
    """Whether the cell belongs to a picture. Nothing is run when grading, so there is no picture to see."""
    name = cell.get("id", "")
    return name.endswith("-picture-title") or (name.endswith("-picture") and _is_given(cell))


def _is_given(cell: Any) -> bool:
    return "given" in cell.metadata.get("winnow", {})
