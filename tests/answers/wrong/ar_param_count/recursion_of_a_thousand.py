def ar_param_count(n, kind, states=2):
    if n < 1 or states < 2 or kind not in ("joint", "chain", "markov", "independent"):
        raise ValueError("bad")
    if n == 1:
        return states - 1
    before = ar_param_count(n - 1, kind, states)
    return before + (states - 1) * {"joint": states ** (n - 1), "chain": states ** (n - 1), "markov": states, "independent": 1}[kind]
