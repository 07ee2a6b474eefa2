"""Checks put to submissions: how a class is graded, and why it is fast.

`run` grades a class. `pool` has its grader processes, and `cluster` those on other machines: `job` is what they are
given, `desk` says who does what next, `process` talks to one, `process_tree` forks them. A grader process holds one
`bench`. `collected` has the checks, and `examiner` puts them to one submission, whose code is `handed_in`. `rehearsal`
knows what all checks ask, so that a learner's code is asked in one batch. `told` holds what a worker reports to its
form. `quizzes` scores answers. Imported by learner, doctor, notebooks and commands.
"""
