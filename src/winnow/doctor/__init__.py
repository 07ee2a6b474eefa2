"""Grades the grader (`winnow doctor`): are right answers accepted, wrong ones caught and named, statements true?

`roster` lists what is tried on an exercise (right answers, misconceptions, mutants), `plan` and `anew` have it graded,
`findings` and `sheet` say what came of it. Imported by its command alone.
"""
