"""One job's turn. The job's code may run already while the job before is still judged."""

from __future__ import annotations

from winnow.errors import GraderError, LostError, NurseryError
from winnow.grading.handed_in import HandedIn
from winnow.grading.job import Job
from winnow.submission import Source


class MixedUpError(GraderError):
    """Code of one submission was about to be judged as that of another."""


class Turn:
    """A job that is graded now, or next.

    Code that was begun for the job is handed out by this turn alone, so that it is never judged as another's.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._begun: HandedIn | None = None

    def owns(self, subject: HandedIn) -> HandedIn:
        """The subject, once it is certain that its code is that of this job.

        Raises:
            MixedUpError: the code is another job's.
        """
        if subject.job is not self.job:
            raise MixedUpError("code of another submission was about to be judged")
        return subject

    def begin(self, subject: HandedIn) -> None:
        """Have the subject's code run already. What goes wrong is met again, and told, when its turn has come."""
        try:
            self.owns(subject).begin()
            self._begun = subject
        except (LostError, NurseryError, OSError):
            subject.close()

    def take(self, source: Source) -> HandedIn | None:
        """The subject whose code of this source runs already; it is handed out once."""
        if self._begun is None or self._begun.source is not source:
            return None
        begun, self._begun = self._begun, None
        return self.owns(begun)

    def close(self) -> None:
        """End the code that was begun and not taken."""
        if self._begun is not None:
            self._begun.close()
            self._begun = None
