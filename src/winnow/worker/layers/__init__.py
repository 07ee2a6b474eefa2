"""The layers of the sandbox, and what puts them on.

To add one that a process puts on itself, write its module beside `landlock`, `namespaces` and `syscalls`, give it a
name and put it on in `confine`, and say in `probe` how it is tried and what helps where it does not work. One that is
put on from outside is as `bubblewrap`: `winnow.nurse.nurseries` starts a process in it, which a fork of
`winnow.worker.stem` joins.
"""
