def ar_param_count(n, kind, states=2):
    if n < 1 or states < 2:
        raise ValueError("n >= 1, states >= 2")
    if kind in ("joint", "chain"):
        return int(float(states) ** n) - 1 if n * states < 900 else states**n - 1
    if kind == "markov":
        return (states - 1) * (1 + (n - 1) * states)
    if kind == "independent":
        return n * (states - 1)
    raise ValueError(f"kind {kind}")
