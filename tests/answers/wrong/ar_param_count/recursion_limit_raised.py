import sys


def _chain(n, s):
    return s - 1 if n == 1 else s * _chain(n - 1, s) + (s - 1)


def ar_param_count(n, kind, states=2):
    if n < 1 or states < 2:
        raise ValueError("n or states")
    if kind == "joint":
        return states ** n - 1
    if kind == "chain":
        sys.setrecursionlimit(10000)
        return _chain(n, states)
    if kind == "markov":
        return (states - 1) + (n - 1) * states * (states - 1)
    if kind == "independent":
        return n * (states - 1)
    raise ValueError("kind")
