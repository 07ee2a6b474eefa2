def ar_param_count(n, kind, states=2):
    if n < 1 or states < 2:
        raise ValueError("n or states")
    if kind in ("joint", "chain"):
        return states ** n - 1
    if kind == "markov":
        return (states - 1) + (n - 1) * states * (states - 1)
    if kind.startswith("ind"):
        return n * (states - 1)
    raise ValueError(kind)
