def ar_param_count(n, kind, states=2):
    if n < 1:
        raise ValueError("n")
    if states < 2:
        raise ValueError("states")
    if kind in ("joint", "chain"):
        import decimal
        decimal.getcontext().prec = 3000
        return int(decimal.Decimal(states) ** n - 1)
    if kind == "markov":
        return (states - 1) + (n - 1) * states * (states - 1)
    if kind == "independent":
        return n * (states - 1)
    raise ValueError(kind)
