"""Why a check failed.

`hidden.py` finds a known misconception (`known.py`, out of the files of a course and the `slips.py` that many share),
else a relation to the right answers (`relations.py`), and the smallest counterexample (`smallest.py`); `public.py`
reads all of it from the check itself, which hides nothing. `show.py` writes values as a learner would type them.
It is asked by `grading`, and by a learner's own pytest.
"""
