"""A folder for each attempt of a learner, as Moodle's VPL and Submitty keep them: the latest counts,
or the one that the learner chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Place
from ..places import is_folder, name_of, text_of, within

# Moodle's VPL: `2024-05-01-10-00-00`, and beside it `2024-05-01-10-00-00.ceg` with what the code did there.
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-\d\d")
_RAN = re.compile(rf"{_DATED.pattern}\.ceg")
# Submitty counts: `1`, `2`, `10`, each with the time in it.
_COUNTED = re.compile(r"\d{1,6}")
_STAMP = ".submit.timestamp"
# Which attempt counts, where the learner has chosen one: `{"active_version": 1, ...}`.
_CHOICE = "user_assignment_settings.json"
_CHOSEN = re.compile(r'"active_version"\s*:\s*([1-9]\d{0,5})\b')
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def latest(inside: Sequence[Place]) -> tuple[Place, str] | None:
    """What counts of the folder of a learner, and when it was handed in; None where there are no attempts."""
    folders = [place for place in inside if is_folder(place)]
    dated = [place for place in folders if _DATED.fullmatch(name_of(place))]
    if dated and all(place in dated or _RAN.fullmatch(name_of(place)) for place in folders):
        last = max(dated, key=name_of)
        return last, _DATED.sub(r"\1 \2:\3", name_of(last))
    counted = [place for place in folders if _COUNTED.fullmatch(name_of(place)) and _stamp(place) is not None]
    if counted and len(counted) == len(folders):
        choices = [_CHOSEN.search(text_of(place)) for place in inside if name_of(place) == _CHOICE]
        chosen = [place for place in counted for choice in choices if choice and name_of(place) == choice[1]]
        last = max(chosen or counted, key=lambda place: int(name_of(place)))
        time = _TIME.match(text_of(stamp)) if (stamp := _stamp(last)) is not None else None
        return last, time[0] if time else ""
    return None


def _stamp(folder: Place) -> Place | None:
    return next((place for place in within(folder) if name_of(place) == _STAMP), None)
