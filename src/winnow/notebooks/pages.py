"""nbgrader's feedback pages without what only a grader needs: they are for learners to read."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from winnow.notebooks.harmless import disarm

STYLE = """\
.rendered_html th, .rendered_html td { padding: .2em 1em .2em 0; text-align: left; vertical-align: top }
.rendered_html table { margin-bottom: 1em }
.rendered_html .anchor-link { display: none }
div.output_area pre { white-space: pre-wrap }"""


class ReadableFeedback(NbGraderPreprocessor):  # type: ignore[misc]
    """For `GenerateFeedback.preprocessors`, behind those of nbgrader and nbconvert."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave out the code of pictures and of cells that stand for hidden checks, and numbers said twice."""
        # Once more: a configuration that was written before there was `Harmless` knows only this step.
        disarm(nb, self.parent)
        nb.cells = [cell for cell in nb.cells if not _draws(cell)]
        for cell in nb.cells:
            if is_grade(cell) and cell.cell_type == "code":
                # The score stands above the cell, with what a grader gave by hand.
                cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
                if _is_given(cell) and "NBGRADER_EXECUTION" in cell.source:
                    cell.source = cell.source.partition("\n")[0]
        resources.setdefault("inlining", {}).setdefault("css", []).append(STYLE)
        return nb, resources


def _draws(cell: Any) -> bool:
    """Whether the cell belongs to a picture. Nothing is run when grading, so there is no picture to see."""
    name = cell.get("id", "")
    return name.endswith("-picture-title") or (name.endswith("-picture") and _is_given(cell))


def _is_given(cell: Any) -> bool:
    return "given" in cell.metadata.get("winnow", {})
