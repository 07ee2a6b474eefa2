"""What learners get: `winnow release DIR`."""

from winnow.release.bundle import Bundle, bundle
from winnow.release.engine import build_wheel
from winnow.release.unpack import Unpacked, unpack

__all__ = ["Bundle", "Unpacked", "build_wheel", "bundle", "unpack"]
