"""`WINNOW_LOG=debug`: what each process does, a line each, on standard error or at the end of the file WINNOW_LOG_FILE.

A line begins with the process that writes it: the command, nbgrader, or a grader. Stem, nurseries and workers write
none. They know nothing of a run, and what a worker writes its learner's code could forge; so whoever gives them orders
tells of them, by their numbers. A line has names, numbers and sizes, and no input, answer or text of a check.
"""

from __future__ import annotations

import logging
import os
import sys

from winnow.errors import UsageError

LEVELS = ("debug", "info", "warning", "error")
FORM = "%(asctime)s.%(msecs)03d {process}[%(process)d] %(name)s: %(message)s"


def begin(process: str) -> None:
    """Write the log of this process, once, if it is asked for.

    Raises:
        UsageError: WINNOW_LOG is no level, or the file cannot be written.
    """
    wanted, file = os.environ.get("WINNOW_LOG", ""), os.environ.get("WINNOW_LOG_FILE", "")
    logger = logging.getLogger("winnow")
    if not wanted or logger.handlers:
        return
    if wanted.lower() not in LEVELS:
        raise UsageError(f"WINNOW_LOG={wanted} is no level; there are {', '.join(LEVELS)}")
    try:
        handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise UsageError(f"WINNOW_LOG_FILE={file} cannot be written: {error.strerror}") from None
    handler.setFormatter(logging.Formatter(FORM.format(process=process), "%H:%M:%S"))
    logger.addHandler(handler)
    logger.setLevel(wanted.upper())
    # A library may have given the root a handler of its own.
    logger.propagate = False
