"""How many numbers a distribution over many variables needs."""


def ar_param_count(n, kind, states=2) -> int:
    """Return how many free parameters a distribution over n variables with `states` values each has."""
    if n < 1:
        raise ValueError(f"a distribution has one variable at least, not {n}")
    if states < 2:
        raise ValueError(f"a variable has two values at least, not {states}")
    free = states - 1
    if kind == "joint":
        return states**n - 1
    if kind == "chain":
        return sum(free * states**before for before in range(n))
    if kind == "markov":
        return free + (n - 1) * states * free
    if kind == "independent":
        return n * free
    raise ValueError(f"the kind is joint, chain, markov or independent, not {kind!r}")
