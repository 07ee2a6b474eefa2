"""winnow: exercises that grade themselves, and the isolated grader behind them.

The floors of the house, from the ground up. A module imports from its own room and from floors below, nothing from
beside or above; tests/test_rooms.py holds it to that.

    worker                                  what runs confined, beside a learner's code
    errors course record secret elements console csv_table atomic_write bounded_memory
    log record_file roster equipment quiz nurse   files; questions; the trusted side of worker
    submission                              what was handed in, as text
    roll_call store checks                  who handed in; what was graded; what checks are written with
    diagnosis                               why a check failed
    grading feedback                        checks put to submissions; the words for what came of it
    learner exports report                  a learner's own process; renderings of the record
    doctor notebooks release scaffold       the grader's own test; nbgrader; what learners get; new exercises
    commands                                one module for each subcommand
    cli                                     the command `winnow`
    in_notebook                             public checks and commands in a learner's notebook
"""

__version__ = "0.1.0"
