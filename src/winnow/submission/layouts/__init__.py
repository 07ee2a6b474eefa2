"""How systems hand a class over: one module for each, and the order in which they are tried."""

from __future__ import annotations

from . import blackboard, canvas, folders, github, gradescope, moodle, nbgrader
from .layout import Grouped, HandIn, Layout

__all__ = ["FOLDERS", "LAYOUTS", "SYSTEMS", "Grouped", "HandIn", "Layout"]

SYSTEMS = (gradescope.LAYOUT, moodle.LAYOUT, blackboard.LAYOUT, canvas.LAYOUT, nbgrader.LAYOUT, github.LAYOUT)
FOLDERS = folders.LAYOUT
LAYOUTS = {layout.name: layout for layout in (*SYSTEMS, FOLDERS)}
