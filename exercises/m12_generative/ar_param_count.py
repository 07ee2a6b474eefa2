"""How many numbers a distribution over many variables needs."""


def ar_param_count(n, kind, states=2) -> int:
    """Return how many free parameters a distribution over n variables with `states` values each has.

    - "joint": one table.
    - "chain": the chain rule with full conditionals p(x_i | x_1 ... x_{i-1}).
    - "markov": each variable depends on the one before only; tables are not shared between positions.
    - "independent": each variable by itself.

    Allowed: the standard library, numpy, pandas, torch. Nothing global is changed. What is printed costs
    nothing, and so do warnings.

    Args:
        n: how many variables, a Python int, 1 ... 1000.
        kind: "joint", "chain", "markov" or "independent".
        states: how many values each variable takes, a Python int, 2 or more.

    Returns:
        An exact integer, a Python int or a numpy integer.

    Raises:
        ValueError: n is below 1; states is below 2; another kind.

    >>> [ar_param_count(10, kind) for kind in ("joint", "chain", "markov", "independent")]
    [1023, 1023, 19, 10]
    >>> [ar_param_count(3, kind, states=3) for kind in ("joint", "markov", "independent")]
    [26, 14, 6]
    """
    # TODO: a table of probabilities has one free number less than it has entries. Why?
    raise NotImplementedError("ar_param_count is not written yet")
