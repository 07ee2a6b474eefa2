import numpy as np


def ar_param_count(n, kind, states=2):
    """Count by a recurrence on Python integers: (table size, 1) -> next, as an object matrix."""
    if n < 1 or states < 2:
        raise ValueError(f"n={n}, states={states}")
    if kind in ("joint", "chain"):
        step = np.array([[states, states - 1], [0, 1]], dtype=object)      # c -> s c + (s - 1)
        start = np.array([0, 1], dtype=object)
    elif kind == "markov":
        step = np.array([[1, states * (states - 1)], [0, 1]], dtype=object)
        start = np.array([states - 1, 1], dtype=object)
        n -= 1
    elif kind == "independent":
        step = np.array([[1, states - 1], [0, 1]], dtype=object)
        start = np.array([0, 1], dtype=object)
    else:
        raise ValueError(f"kind {kind!r}")
    for _ in range(n):
        start = step.dot(start)
    return int(start[0])
