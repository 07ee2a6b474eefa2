"""Right ways to write ar_param_count in other styles."""

from collections.abc import Callable
from functools import reduce


def _checked(n, states):
    if n < 1 or states < 2:
        raise ValueError("one variable and two values at least")


def ar_param_count_by_table(n, kind, states=2):
    """How many rows each table of probabilities has, by kind; all have one number fewer than states."""
    _checked(n, states)
    rows: dict[str, Callable[[int], int]] = {
        "joint": lambda i: states**i,
        "chain": lambda i: states**i,
        "markov": lambda i: states if i else 1,
        "independent": lambda i: 1,
    }
    if kind not in rows:
        raise ValueError(kind)
    return sum((states - 1) * rows[kind](i) for i in range(n))


def ar_param_count_by_match(n, kind, states=2):
    """Each sum in closed form."""
    _checked(n, states)
    match kind:
        case "joint" | "chain":
            return pow(states, n) - 1
        case "markov":
            return (states - 1) * (1 + (n - 1) * states)
        case "independent":
            return n * (states - 1)
        case _:
            raise ValueError(f"what is {kind}?")


def ar_param_count_by_horner(n, kind, states=2):
    _checked(n, states)
    if kind in {"joint", "chain"}:
        return reduce(lambda total, _: total * states + states - 1, range(n), 0)
    if kind == "markov":
        return n * states * (states - 1) - (states - 1) ** 2
    if kind == "independent":
        return n * states - n
    raise ValueError("kind")


def ar_param_count_by_loop(n, kind, states=2):
    if kind not in ("joint", "chain", "markov", "independent"):
        raise ValueError("no such kind")
    _checked(n, states)
    total, rows = 0, 1
    for i in range(n):
        total += rows * (states - 1)
        if kind in ("joint", "chain"):
            rows *= states
        elif kind == "markov" and i == 0:
            rows = states
    return total


def ar_param_count_by_recursion(n, kind, states=2):
    _checked(n, states)
    if kind == "joint":
        return states**n - 1
    if kind not in ("chain", "markov", "independent"):
        raise ValueError(kind)
    total = states - 1
    parents = {"chain": range(1, n), "markov": [1] * (n - 1), "independent": [0] * (n - 1)}[kind]
    return total + sum(states**known * (states - 1) for known in parents)


def ar_param_count_by_difference(n, kind, states=2):
    _checked(n, states)
    entries = {"joint": [(states**n, 1)], "chain": [(states ** (i + 1), states**i) for i in range(n)],
               "markov": [(states, 1)] + [(states**2, states)] * (n - 1), "independent": [(states, 1)] * n}  # fmt: skip
    try:
        return sum(table - rows for table, rows in entries[kind])
    except KeyError:
        raise ValueError(f"unknown kind {kind}") from None
