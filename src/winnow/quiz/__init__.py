"""Quizzes: asked in the terminal, in a file or in a notebook, drawn per learner, and graded alike
everywhere."""
