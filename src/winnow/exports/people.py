"""What a record tells of the learners themselves, by the headings that tables of institutions have."""

from __future__ import annotations

from collections.abc import Mapping

from winnow.record import SubmissionResult
from winnow.roster import PLAIN_ID

ANY_SYSTEM = {"SIS User ID": PLAIN_ID, "ID number": PLAIN_ID, "Student ID": PLAIN_ID}
"""An id that is no system's own is what an institution calls a learner in each of them."""


def known(submission: SubmissionResult) -> Mapping[str, str]:
    """Who a learner is, as far as a roster or the system told when the class was graded."""
    person = submission.person
    told = {"name": person.name, "email": person.email, "section": person.section, "handed_in": person.handed_in}
    told |= {"late": "late" if person.late else "", "Email address": person.email, "Section": person.section}
    told |= person.ids
    for heading, other in ANY_SYSTEM.items():
        told.setdefault(heading, told.get(other, ""))
    return {heading: value for heading, value in told.items() if value}
