"""The confined side: the nursery, its workers, and the wire. Imports nothing else of the engine."""
