"""What learners get: `winnow release DIR`.

`bundle` names every file of a learner's copy (what it does not name stays out), `engine` builds the wheel in it, and
`unpack` writes it where a learner may have worked already. Imported by its command alone.
"""

from winnow.release.bundle import Bundle, bundle
from winnow.release.engine import build_wheel
from winnow.release.published import HOW, Published
from winnow.release.unpack import Unpacked, unpack

__all__ = ["HOW", "Bundle", "Published", "Unpacked", "build_wheel", "bundle", "unpack"]
