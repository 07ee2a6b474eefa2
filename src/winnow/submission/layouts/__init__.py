"""How systems hand a class over: one module for each, and the order in which they are tried.

To add one, write its module, name it in `SYSTEMS` below, and at the same place in `LAYOUTS` of
`winnow.commands.handed_over`.
"""

from __future__ import annotations

from . import blackboard, brightspace, canvas, folders, github, gradescope, moodle, nbgrader, teams
from .layout import Grouped, HandIn, Layout

__all__ = ["FOLDERS", "LAYOUTS", "SYSTEMS", "Grouped", "HandIn", "Layout"]

SYSTEMS = (
    gradescope.LAYOUT, moodle.LAYOUT, blackboard.LAYOUT, brightspace.LAYOUT, canvas.LAYOUT, nbgrader.LAYOUT,
    github.LAYOUT, teams.LAYOUT,
)  # fmt: skip
FOLDERS = folders.LAYOUT
LAYOUTS = {layout.name: layout for layout in (*SYSTEMS, FOLDERS)}
