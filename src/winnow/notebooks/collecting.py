"""In place of nbgrader's `ExchangeCollect`, which copies what a link leads to with the instructor's rights."""

from __future__ import annotations

import os
import shutil
import stat
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns


class CollectNoLinks(ExchangeCollect):  # type: ignore[misc]
    """For `ExchangeFactory.collect`: links are collected as links, which grading refuses by name.

    Learners can write where they hand in: a link there may lead to what only the instructor can read, and the copy
    would be given back to them with their feedback.
    """

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission; pipes, sockets and devices are left out.

        Raises:
            RuntimeError: it is larger than `CourseDirectory.max_dir_size`.
        """
        size, longest = self.get_size(src), 1000 * self.coursedir.max_dir_size
        if size > longest:
            raise RuntimeError(f"{src} holds {size} bytes, more than the {longest} of CourseDirectory.max_dir_size")
        ignored = ignore_patterns(self.coursedir.ignore, self.coursedir.include, self.coursedir.max_file_size, self.log)

        def passed_over(folder: str, names: list[str]) -> list[str]:
            return [*ignored(folder, names), *(name for name in names if _is_special(os.path.join(folder, name)))]

        if os.path.islink(src):
            os.symlink(os.readlink(src), dest)
            return
        shutil.copytree(src, dest, symlinks=True, ignore=passed_over)
        if self.coursedir.groupshared:
            _share(dest)


def _is_special(path: str) -> bool:
    kind = os.lstat(path).st_mode
    return not (stat.S_ISREG(kind) or stat.S_ISDIR(kind) or stat.S_ISLNK(kind))


def _share(top: str) -> None:
    """Let the group write, as nbgrader does where a course has several instructors."""
    for folder, _, files in os.walk(top):
        os.chmod(folder, (os.stat(folder).st_mode | 0o2770) & 0o2777)
        for path in (os.path.join(folder, name) for name in files):
            if not os.path.islink(path):
                os.chmod(path, (os.stat(path).st_mode | 0o660) & 0o777)
