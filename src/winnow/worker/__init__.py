"""The confined side: the nursery, its workers, and the wire. Imports nothing else of the engine.

`stem` forks `nursery`, which forks a worker for each submission and exercise (`serve`). To add a layer of the sandbox,
write its module beside `landlock`, `namespaces` and `syscalls`, put it on in `confine`, and try it in `probe`.
`encode`, `decode` and `wire` are the line to the trusted side, which takes all that comes over it for hostile.
"""
