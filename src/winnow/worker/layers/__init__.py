"""The layers of the sandbox, and what puts them on.

To add one, write its module beside `landlock`, `namespaces` and `syscalls`, put it on in `confine`, try it in `probe`,
and say in `winnow.nurse.sandbox` what a run without it is told.
"""
