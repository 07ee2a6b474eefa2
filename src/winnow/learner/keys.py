"""Keys that are pressed while something else is waited for, one at a time, without Enter."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator


class Keys:
    """Reads keys from the terminal; where there is none, nobody ever presses one."""

    def __init__(self) -> None:
        self.can = False
        self._terminal = -1

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """While this lasts, keys are not shown and come at once; Ctrl-C works as ever."""
        if not sys.stdin.isatty() or sys.platform == "win32":
            self.can = sys.platform == "win32" and sys.stdin.isatty()
            yield
            return
        import os
        import termios
        import tty

        # One of its own: checks that run meanwhile are given another standard input.
        stream = self._terminal = os.dup(sys.stdin.fileno())
        before = termios.tcgetattr(stream)
        tty.setcbreak(stream, termios.TCSANOW)
        self.can = True
        try:
            yield
        finally:
            self.can = False
            termios.tcsetattr(stream, termios.TCSADRAIN, before)
            os.close(stream)

    def pressed(self) -> str:
        """The next key, in lower case; empty when none was pressed."""
        if not self.can:
            return ""
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch().lower() if msvcrt.kbhit() else ""
        import os
        import select

        if not select.select([self._terminal], [], [], 0)[0]:
            return ""
        return os.read(self._terminal, 1).decode("utf-8", "replace").lower()
