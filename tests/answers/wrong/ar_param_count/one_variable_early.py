def ar_param_count(n, kind, states=2):
    if n < 1:
        raise ValueError("n below 1")
    if kind == "independent" and n == 1:
        return states - 1
    if states < 2:
        raise ValueError("states below 2")
    s = states
    if kind in ("joint", "chain"):
        return s ** n - 1
    if kind == "markov":
        return (s - 1) + (n - 1) * s * (s - 1)
    if kind == "independent":
        return n * (s - 1)
    raise ValueError(kind)
