def ar_param_count(n, kind, states=2):
    if n < 1 or states < 2 or kind not in ("joint", "chain", "markov", "independent"):
        raise ValueError("no")
    if kind in ("joint", "chain"):
        return str(states**n - 1)
    if kind == "markov":
        return str((states - 1) * (1 + (n - 1) * states))
    return str(n * (states - 1))
