"""`winnow release DIR`: what learners get. Run it again to bring a copy up to date; edited files are kept."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from winnow.commands.scope import add_scope, scoped
from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.release import HOW, Published, build_wheel, bundle, unpack
from winnow.secret import course_secret, doubt


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("release", help="write what learners get", description=__doc__)
    command.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="the folder; its files are updated if it exists"
    )
    command.add_argument("--force", action="store_true", help="replace edited files too; their text is kept in backups")
    command.add_argument("--wheel", type=Path, metavar="FILE", help="the engine's wheel (default: built anew)")
    command.add_argument(
        "--url", metavar="URL", help="the repository that learners will find it in: https://github.com/OWNER/REPO"
    )
    add_scope(command)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Release. 1 when edited files were kept, so that the copy is not all of this release."""
    course = scoped(load(find_root()), args, "folder")
    if args.folder is None:
        raise UsageError("name the folder to write: winnow release DIR")
    folder: Path = args.folder
    if not course.has_graders:
        raise UsageError("this is a learner's copy of the course; release from the course itself")
    inside = folder.resolve().is_relative_to(course.root)
    if folder.resolve() == course.root or (inside and folder.resolve().relative_to(course.root).parts[0] in _TREES):
        raise UsageError(f"{folder} is a part of the course itself: give another folder")
    if args.wheel and not args.wheel.is_file():
        raise UsageError(f"there is no wheel {args.wheel}")
    published = _published(args.url or course.everything.published)
    with tempfile.TemporaryDirectory(prefix="winnow-") as scratch:
        wheel = args.wheel or build_wheel(Path(scratch))
        made = bundle(course, course_secret(course.root), wheel, published)
    try:
        done = unpack(made, folder, force=args.force)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error}") from None
    print(f"{folder}: {len(made.files)} files, {len(done.written)} of them new or changed")
    for path in done.removed:
        print(f"removed, no longer in the course: {path}")
    for path in done.backups:
        print(f"replaced; the text that was there: {path}")
    if published is None:
        print(f"note: {HOW}", file=sys.stderr)
    if said := doubt(course.root):
        print(f"note: {said}", file=sys.stderr)
    for path in made.left_out:
        print(f"left out, not a part of any exercise: exercises/{path}", file=sys.stderr)
    for path in done.kept:
        print(f"kept, edited since it was handed out: {path}", file=sys.stderr)
    if done.kept:
        print("--force replaces edited files, and keeps their text in backups", file=sys.stderr)
    return 1 if done.kept else 0


def _published(url: str) -> Published | None:
    """Where the bundle will be found. Raises UsageError where the address is not one that Colab can read from."""
    if not url:
        return None
    found = Published.at(url)
    if found is None:
        said = "it must be https://github.com/OWNER/REPO, or that with /tree/BRANCH"
        raise UsageError(f"{url} is no address of a repository that Colab and VS Code open: {said}")
    return found


_TREES = ("exercises", "solutions", "graders", "src", "tests")
