"""The course for nbgrader: notebooks out of the three trees, and grading that no learner's kernel takes part in.

`builder` makes the notebooks, `preprocessor` grades them within nbgrader, `gradebook` a class at once, `conversion` and
`pages` write feedback, `exporter` the grades. What nbgrader's configuration names is here; everything else is imported
from its own module. Imported by commands.
"""

from winnow.notebooks.collecting import CollectNoLinks
from winnow.notebooks.exporter import WinnowExporter
from winnow.notebooks.harmless import Harmless
from winnow.notebooks.pages import ReadableFeedback
from winnow.notebooks.preprocessor import IsolatedGrade, RestoreMetadata

__all__ = ["CollectNoLinks", "Harmless", "IsolatedGrade", "ReadableFeedback", "RestoreMetadata", "WinnowExporter"]
