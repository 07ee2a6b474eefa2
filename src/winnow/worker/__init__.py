"""The confined side: the nursery, its workers, and the wire. Imports nothing else of the engine.

`stem` forks `nursery`, which forks a worker for each submission and exercise (`serve`). `layers` is the
sandbox that they work in. `encode`, `decode` and `wire` are the line to the trusted side, which takes all that comes
over it for hostile.
"""
