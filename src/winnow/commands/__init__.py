"""The subcommands of `winnow`, one module each: `add` describes the arguments, `run` does it.

What `grade` does is apart from its arguments (`grade_class`, `grade_notebooks`), and what a run leaves in its results
folder is in `publish`. Nothing but `winnow.cli` imports from here.
"""

# In the order of `winnow --help`.
LEARNERS = ("status", "check", "watch", "hint", "show", "compare", "quiz", "reset", "completion")
COMMANDS = (
    *LEARNERS,
    "grade", "regrade", "report", "export", "release", "nbgrader", "doctor", "slips", "new", "init",
)  # fmt: skip
