"""The negative log-likelihood of a Gaussian whose variance is predicted, too."""

import numpy as np


def gaussian_nll(mu, log_var, y):
    """Return the mean of -log N(y; mu, exp(log_var)) = ½ (log 2π + log_var + (y - mu)² / exp(log_var)).

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Printing and warnings cost nothing.

    Args:
        mu, log_var, y: three numpy arrays of float64 of one shape, any rank: predicted mean, the logarithm of the
            predicted variance, and what was observed; perhaps read-only, in any memory layout. |log_var| <= 100.

    Returns:
        A scalar: a Python float or np.float64.

    Raises:
        ValueError: the shapes differ; there is no element.

    Closed: torch.nn.functional.gaussian_nll_loss and the normal distributions of torch.distributions.

    >>> round(float(gaussian_nll(np.array([0.0]), np.array([0.0]), np.array([0.0]))), 9)
    0.918938533
    >>> mu, log_var, y = np.array([1.0, 2.0]), np.array([0.0, np.log(4.0)]), np.array([2.0, 0.0])
    >>> round(float(gaussian_nll(mu, log_var, y)), 9)
    1.765512123
    """
    # TODO: which of the three terms does not depend on y, and why does it matter all the same?
    raise NotImplementedError("gaussian_nll is not written yet")
