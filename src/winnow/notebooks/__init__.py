"""The course for nbgrader: notebooks out of the three trees, and grading that no learner's kernel takes part in.

What nbgrader's configuration names is here; everything else is imported from its own module.
"""

from winnow.notebooks.collecting import CollectNoLinks
from winnow.notebooks.exporter import WinnowExporter
from winnow.notebooks.harmless import Harmless
from winnow.notebooks.pages import ReadableFeedback
from winnow.notebooks.preprocessor import IsolatedGrade, RestoreMetadata

__all__ = ["CollectNoLinks", "Harmless", "IsolatedGrade", "ReadableFeedback", "RestoreMetadata", "WinnowExporter"]
