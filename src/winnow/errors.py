"""Errors that end a command with one sentence. The fault of the course itself is `winnow.course.CourseError`."""


class UsageError(Exception):
    """What was asked for cannot be done as asked; exit status 2."""


class GraderError(Exception):
    """The grader cannot go on, through no fault of learner, course or command; exit status 3."""
