"""Folders that are no class: the files of one learner, or of many with nothing that says whose is whose."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from ..course import ANSWERS, Exercise
from .files import contents
from .layouts import LAYOUTS
from .layouts.folders import learner
from .layouts.layout import most, some
from .model import Place
from .names import closeness, stem_of
from .places import is_folder, name_of, title_of, within

_HELP = f"--layout NAME says which system handed the class over: {', '.join(LAYOUTS)}"
_TREES = frozenset(("exercises", "solutions", "graders"))
# assignment.ipynb, HW2_20240317
_WORK = re.compile(
    r"(?:assignments?|homeworks?|hw|exercises?|labs?|notebooks?|submissions?|solutions?|answers?|untitled|projects?|weeks?"
    r"|late|on[ _-]?time|(?:un)?graded|resubmissions?|attempts?|questions?|tasks?|problems?|aufgaben?|abgaben?"
    r"|übung(?:en)?|과제|숙제|문제|주차|지각|재제출)"
    r"[\W_\d]*",
    re.IGNORECASE,
)
# "kim (1).zip", "kim - Copy.zip": what browsers and file managers make of kim.zip; "kim_late", "kim final", "kim-v2":
# what people do.
_COPY = re.compile(
    r"(.+?)(?:[ _-]*\((?:\d{1,3}|(?:\d\w\w )?(?:attempt|try|upload|version))\)"
    r"|[_-]\d{1,2}|[ _-]+(?:copy|kopie|복사본|late|final|new|resubmi\w+|v\d+|corrected|fixed|revised|updated"
    r"|korrigiert|neu|재제출|최종|수정본?|지각)(?: ?\(\d{1,3}\))?)",
    re.IGNORECASE,
)
# "kim - 2024-05-01 10-00-00", "kim_20240501T100000", "kim__1714500000000": when somebody handed in.
_TIME = re.compile(
    r"[ _-]*(?:\d{4}-\d\d-\d\d[ _T-]\d\d[-:._]\d\d(?:[-:._]\d\d)?"
    r"|(?<!\d)(?:20\d{6}[T_-]?[012]\d{5}|1\d{12})(?!\d))"
)
# "1002_jlee_WA": what an online judge calls the second of all that was handed in, with its verdict.
_VERDICT = re.compile(r"[_-](?:AC|WA|TLE|MLE|OLE|RE|RTE|CE|PE|accepted|wrong[_ -]?answer)(?=[_-]|$)", re.IGNORECASE)
_RUN = re.compile(r"(?:^|[_-])\d{1,12}(?=[_-]|$)")
# "HW5-20240501T101500Z-001.zip", "HW5-20240501T101500Z-1-002.zip": parts of what Google Drive packs when it is large.
_PART = re.compile(r"(.+-\d{8}T\d{6}Z)(?:-\d{1,3})?-\d{3}")
# What one learner calls two folders of one and the same.
_VERSION = re.compile(
    r"(?:old|new|first|second|final|drafts?|backup|original|v|ver|version|try|attempt|part|week|최종|수정본?|원본)?[\W_]*\d*",
    re.IGNORECASE,
)
# "Section 2", "분반1", "1반", "B": what sections of a class are called, and hardly a learner.
_SECTION = re.compile(
    r"(?:section|sec|class|group|tutorial|lab|분반|반)[\W_]*\w{1,3}|\w{1,3}[\W_]*(?:section|분반|반)|[A-Z]",
    re.IGNORECASE,
)
# Of these that no team and no learner is called, two may have a learner of one name.
_SURELY_SECTION = re.compile(r"(?:section|sec|분반)[\W_]*\w{1,3}|\w{1,3}[\W_]*(?:section|분반)", re.IGNORECASE)
# The folders of nbgrader's course folder.
_NBGRADER = frozenset(("submitted", "autograded", "release", "source", "feedback"))
# Google Forms keeps what was uploaded in a folder for each question, and the learner's name in that of the file.
_FORM = "(File responses)"
_CLASS = 3
"""So many folders are a class: a learner may have an old and a new version."""
_SEEN = 200
"""So many files of a learner are looked at."""


def doubt(folder: Place, entries: Sequence[Place], exercises: Sequence[Exercise]) -> str:
    """Why these entries are not one for each learner, and what to do, in a sentence; empty where they may be."""
    where = title_of(folder)
    if said := _in_parts(where, entries) or _in_sections(where, entries) or by_assignment(folder, entries, exercises):
        return said
    own = [entry for entry in entries if _is_of_one(entry, exercises)]
    if own:
        return _beside_learners(where, own, entries) or _of_one(where, own, exercises)
    names = [name_of(entry) for entry in entries if not is_folder(entry)]
    mixed = next((name for name in names if _names_exercise(name, exercises)), None) or _several_each(names)
    if mixed is not None:
        return _side_by_side(where, mixed)
    return _twice(where, entries)


def _beside_learners(where: str, own: Sequence[Place], entries: Sequence[Place]) -> str:
    """What to do where a file that is called as work is, or one such folder, lies beside what may be folders of
    learners."""
    others = [entry for entry in entries if is_folder(entry) and entry not in own]
    folders, name = [name_of(entry) for entry in others], name_of(own[0])
    if sum(map(is_folder, own)) > 1 or not holds_class(others, 2) or any(map(_is_work, folders)):
        return ""
    return (
        f"{where} holds {name} beside {folders[0]} and {folders[1]}: if these are learners, take {name} away; if all "
        f"are the files of one learner, name the folder around {where}; or, if {name} is a learner's, --layout folders"
    )


def _of_one(where: str, own: Sequence[Place], exercises: Sequence[Exercise]) -> str:
    """Whose files or folders may be that are called as work is. Some are sorted by exercise, with a file of each
    learner in a folder of the exercise."""
    for entry in filter(is_folder, own):
        inside = [name_of(one) for one in contents(entry) if not is_folder(one)]
        codes = [one for one in inside if stem_of(one) is not None and not one.startswith(("test_", "conftest", "__"))]
        if len(codes) > 1 and not any(_names_exercise(one, exercises) or _is_work(stem_of(one) or "") for one in codes):
            name = name_of(entry)
            return (
                f"{where} holds {name}, which is hardly a learner: if {codes[0]} in it is one learner's and {codes[1]} "
                "another's, put the files of each learner into a folder with the learner's name; if all are one "
                f"learner's, name the folder around {where}; or, if {name} is a learner, --layout folders"
            )
    name = name_of(own[0])
    return (
        f"{where} holds the files of one learner ({name}): name the folder around it, in which each learner has a "
        "folder of their own; or, if it is a class, --layout folders"
    )


def of_nbgrader(folder: Place, entries: Sequence[Place]) -> str:
    """What to do where a folder is nbgrader's course folder; empty elsewhere."""
    names = {name_of(entry) for entry in entries if is_folder(entry)} & _NBGRADER
    if "submitted" not in names or len(names) < 2:
        return ""
    where = title_of(folder)
    return (
        f"{where} is nbgrader's course folder: name {where}/submitted, or give --nbgrader to grade into its gradebook; "
        "or, if these are learners, --layout folders"
    )


def of_questions(folder: Place, entries: Sequence[Place]) -> str:
    """What to do where a folder, or one in it, is called as Google Forms calls those of questions; empty elsewhere."""
    if not any(name_of(place).endswith(_FORM) for place in (folder, *filter(is_folder, entries))):
        return ""
    return (
        f"{title_of(folder)} holds uploads to Google Forms, a folder for each question with the files of all learners "
        "(mae - Minsu Kim.py): put those of each learner into a folder with the learner's name"
    )


def by_assignment(folder: Place, entries: Sequence[Place], exercises: Sequence[Exercise]) -> str:
    """What to do where a folder that is called as work is, and not as a learner, holds what may be learners, or their
    files; empty where there is none."""
    for entry in entries:
        if not is_folder(entry) or not _is_of_one(entry, exercises):
            continue
        below = contents(entry)
        if said := several_in_one(entry, below, exercises):
            return said
        inside = [name_of(one) for one in below if is_folder(one)]
        if holds_class(below, 2) and not all(map(_is_work, inside)):
            name, inner = name_of(entry), f"{name_of(entry)}/{inside[0]}"
            return (
                f"{title_of(folder)} holds {name}, which is hardly a learner: if {inner} is, grade {name} by itself, "
                f"or put what is in it beside the others; or, if {name} is one learner's, --layout folders"
            )
    return ""


def several_in_one(folder: Place, entries: Sequence[Place], exercises: Sequence[Exercise]) -> str:
    """What to do where files of a folder or archive name one exercise beside what may be several learners."""
    others: dict[str, set[str]] = defaultdict(set)
    names = [name_of(entry) for entry in entries if not is_folder(entry)]
    for stem in filter(None, map(stem_of, names)):
        words = re.sub(r"[\W_]+", "_", f"_{stem.casefold()}_")
        for exercise in exercises:
            before, found, behind = words.partition(f"_{exercise.id.casefold()}_")
            if found:
                others[exercise.id].add(re.sub(r"[\d_]", "", before + behind))
    if any(_is_of_one(entry, exercises) for entry in entries) or max(map(len, others.values()), default=0) < 2:
        return ""
    return _side_by_side(title_of(folder), names[0])


def of_versions(entries: Sequence[Place]) -> bool:
    """Whether all folders are called as one learner calls several of the same: `v1`, `v2`. Numbers may be learners'."""
    names = [name_of(entry) for entry in entries if is_folder(entry)]
    return bool(names) and all(_is_work(name) and not name.isdigit() for name in names)


def of_one_title(entries: Sequence[Place], exercises: Sequence[Exercise]) -> bool:
    """Whether all files are called as Google Classroom calls the copies of one file: `Minsu Kim - HW5.ipynb`."""
    pairs = [(stem_of(name_of(entry)) or "").rpartition(" - ") for entry in entries]
    whose, titles = {name for name, _, _ in pairs}, {title for _, _, title in pairs}
    is_one = len(whose) == len(pairs) > 1 and "" not in whose and len(titles) == 1
    return is_one and not any(_names_exercise(name_of(entry), exercises) for entry in entries)


def two_folders(where: str, entries: Sequence[Place]) -> str:
    """Why the two folders in the only one of a folder, `where`, may be learners; empty where they hardly are."""
    names = [name_of(entry) for entry in entries if is_folder(entry)]
    if not holds_class(entries, 2) or all(map(_is_work, names)):
        return ""
    return (
        f"{where} holds {names[0]} and {names[1]}, and nothing lies beside it: if these are learners, name {where}; if "
        f"they are one learner's, --layout folders"
    )


def _side_by_side(where: str, name: str) -> str:
    return (
        f"{where} holds files of several learners side by side ({name}), named as no system that we know names them: "
        f"put those of each learner into a folder with the learner's name; {_HELP}"
    )


def _is_work(name: str) -> bool:
    """Whether a folder is called as one of several of a learner is."""
    return bool(_WORK.fullmatch(name) or _VERSION.fullmatch(name))


def _twice(where: str, entries: Sequence[Place]) -> str:
    """Whether one entry is called as a copy of another is: `kim.zip`, `kim (1).zip`."""
    named = {name: entry for entry in entries if (name := learner(entry)) is not None}
    untimed: dict[str, Place] = {}
    for name, entry in named.items():
        copy, bare = _COPY.fullmatch(name), _bare(name)
        other = named.get(copy[1]) if copy else None
        if other is None and bare and bare != name:
            other = untimed.setdefault(bare, entry)
        if other is not None and other != entry:
            return (
                f"{where} holds {name_of(other)} and {name_of(entry)}, which may both be one learner's: keep the one "
                "that counts; or, if they are two learners', --layout folders"
            )
    return ""


def _in_sections(where: str, entries: Sequence[Place]) -> str:
    """Whether most entries are classes themselves, each with learners of its own. What learners call their folders,
    hw1, hw2 and hw3, is in several."""
    folders = some(entry for entry in entries if is_folder(entry))
    sections = [entry for entry in folders if holds_class(contents(entry), _CLASS) or _is_called_section(entry)]
    pairs = [entry for entry in folders if _holds_two(entry)]
    # Two learners in each of all folders are groups; one learner of a class may have an old and a new version.
    if len(pairs) == len(folders):
        sections = pairs
    inner = [name_of(below) for entry in sections for below in contents(entry) if _may_be_learner(below)]
    surely = all(_SURELY_SECTION.fullmatch(name_of(entry)) for entry in sections)
    if len(sections) < 2 or not most(len(sections), len(folders)) or (len(set(inner)) < len(inner) and not surely):
        return ""
    if len(inner) == len(sections):
        # Each of them may be a learner with one folder around all.
        return ""
    first, second = (name_of(entry) for entry in sections[:2])
    return (
        f"{where} holds folders of several learners each ({first}/{inner[0]}): if {first} and {second} are sections of "
        "the class, name one of them, or put the folders of all learners side by side; or, if each is one learner's, "
        "--layout folders"
    )


def _holds_two(folder: Place) -> bool:
    """Whether there are two folders or more that may be learners."""
    inside = contents(folder)
    return holds_class(inside, 2) and not any(_is_work(name_of(one)) for one in inside if is_folder(one))


def _is_called_section(folder: Place) -> bool:
    """Whether a folder is called as sections are, and holds what may be learners' and no code beside it."""
    if not _SECTION.fullmatch(name_of(folder)):
        return False
    inside = contents(folder)
    return any(map(_may_be_learner, inside)) and all(is_folder(one) or stem_of(name_of(one)) is None for one in inside)


def _may_be_learner(entry: Place) -> bool:
    return is_folder(entry) or name_of(entry).lower().endswith(".zip")


def holds_class(entries: Sequence[Place], least: int) -> bool:
    """Whether there are at least so many folders and no code beside them, and files of one name in several of them:
    learners answer the same exercises. Or that many archives, and nothing else."""
    folders = [entry for entry in entries if is_folder(entry)]
    names = [name_of(entry) for entry in entries if not is_folder(entry)]
    archives = [name for name in names if name.lower().endswith(".zip")]
    if not folders and len(archives) >= least:
        return not any(stem_of(name) is not None for name in names)
    if len(folders) < least or archives or any(stem_of(name) is not None for name in names):
        return False
    if any(name_of(entry) in _TREES for entry in folders):
        return False
    seen = Counter(name for folder in folders for name in _code_below(folder))
    return max(seen.values(), default=0) > 1


def _code_below(folder: Place) -> set[str]:
    found: set[str] = set()
    waiting, looked_at = [folder], 0
    while waiting and looked_at < _SEEN:
        for entry in within(waiting.pop()):
            looked_at += 1
            name = name_of(entry)
            if is_folder(entry) and not name.startswith((".", "_")):
                waiting.append(entry)
            elif stem_of(name) is not None and not name.startswith(("test_", "conftest", "__", ".")):
                found.add(name.casefold())
    return found


def _is_of_one(entry: Place, exercises: Sequence[Exercise]) -> bool:
    """Whether an entry is called as exercises, modules, files of answers or any work are, and not as a learner."""
    name = name_of(entry)
    if _WORK.fullmatch(name if is_folder(entry) else stem_of(name) or ""):
        return True
    if is_folder(entry):
        return bool(exercises) and name in {*_TREES, *(e.id for e in exercises), *(e.module for e in exercises)}
    return name == ANSWERS or any(closeness(name, exercise.id) is not None for exercise in exercises)


def _names_exercise(name: str, exercises: Sequence[Exercise]) -> bool:
    """Whether the name of a file holds that of an exercise beside another: `kim_mae.py`, `mae-kim.py`."""
    stem = stem_of(name)
    if stem is None:
        return name.endswith(ANSWERS)
    words = f"_{re.sub(r'[^0-9a-z]+', '_', stem.casefold())}_"
    return any(f"_{exercise.id.casefold()}_" in words for exercise in exercises)


def _several_each(names: Collection[str]) -> str | None:
    """A file of several that share a beginning, as others share another, with the same endings: `kim-1.py`, `lee-1.py`,
    `kim-2.py`, `lee-2.py`."""
    stems = [stem for name in names if (stem := stem_of(name)) is not None]
    for cut in (r"[\W_]+", r"[\W_]+(?=[^\W_]+$)"):
        pairs = [pair for stem in stems if len(pair := re.split(cut, stem, maxsplit=1)) == 2]
        firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
        if len(pairs) >= 4 and 2 * max(len(firsts), len(seconds)) <= len(pairs):
            return next(name for name in names if stem_of(name) == stems[0])
    return None


def _in_parts(where: str, entries: Sequence[Place]) -> str:
    """Whether several entries are one download of Google Drive."""
    parts: dict[str, str] = {}
    for name in filter(None, map(learner, entries)):
        found = _PART.fullmatch(name)
        if found and parts.setdefault(found[1], name) != name:
            return (
                f"{where} holds {parts[found[1]]} and {name}, parts of one download from Google Drive: unpack all "
                "parts into one folder, and name that; or, if they are two learners', --layout folders"
            )
    return ""


def _bare(name: str) -> str:
    """A name without the time, or an online judge's number and verdict, of one of several hand-ins."""
    judged = _VERDICT.sub("", name)
    return _TIME.sub("", name) if judged == name else _RUN.sub("", judged)
