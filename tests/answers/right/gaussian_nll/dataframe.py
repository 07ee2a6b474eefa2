import math

import pandas as pd


def gaussian_nll(mu, log_var, y):
    match (mu.shape, log_var.shape, y.shape):
        case (a, b, c) if a == b == c and math.prod(a) > 0:
            table = pd.DataFrame({"mu": mu.flatten(), "s": log_var.flatten(), "y": y.flatten()})
        case _:
            raise ValueError("three equal, non-empty shapes")
    table["sigma"] = table.s.map(lambda s: math.exp(s / 2))
    table["z"] = (table.y - table.mu) / table.sigma
    nll = table.z.pow(2) / 2 + table.sigma.map(math.log) + math.log(math.tau) / 2
    return float(nll.mean())
