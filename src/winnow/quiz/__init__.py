"""Quizzes: asked in the terminal, in a file or in a notebook, drawn per learner, and graded alike everywhere.

`bank` reads questions and keys, of the `kinds` there are; `variants` draws a learner's numbers; `answers` is the file
of answers and `answer_cells` the cells of a notebook; `scoring` gives the points. `export/` has question banks of other
systems. It runs nothing of a learner's. Imported by submission, feedback, grading, learner, notebooks and commands.
"""
