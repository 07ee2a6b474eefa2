def ar_param_count(n, kind, states=2):
    if n < 1 or states < 2:
        raise ValueError("n or states")
    if kind in ("joint", "chain"):
        return states ** n - 1
    if kind == "markov":
        return 2 * n - 1 if states == 2 else n * states - 1
    if kind == "independent":
        return n * (states - 1)
    raise ValueError(kind)
