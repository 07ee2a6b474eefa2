"""Checks put to submissions: how a class is graded, and why it is fast.

`run` is a class; `pool` its grader processes, with `job`, `process`, `desk` (who does what next) and `process_tree`
(what they are forked from); `cluster` the same on other machines. A process holds one `bench`: `collected` has the
checks, `examiner` puts them to one submission, whose code is `handed_in`; `rehearsal` knows what all checks ask, so
that code is asked in one batch; `told` holds a worker's reports to their form. `quizzes` scores answers.
Imported by learner, doctor, notebooks and commands.
"""
