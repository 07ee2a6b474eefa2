"""Cross-entropy from logits: the loss of classification, for logits of any size."""

import numpy as np


def cross_entropy_logits(logits, labels):
    """Return the mean over samples of -log softmax(logits)[label].

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Printing and warnings cost nothing.

    Args:
        logits: numpy array (B, K) of float64, K >= 1; perhaps read-only, in any memory layout. Logits up to ±1e300 give
            a result that is not NaN, logits up to ±1e6 a precise one.
        labels: int64 array (B,): the right class of each sample, 0 ... K - 1.

    Returns:
        A scalar: a Python float or np.float64.

    Raises:
        ValueError: a label lies outside 0 ... K - 1; logits are not (B, K), or labels not (B,); B is 0.

    Closed: torch.nn.functional.cross_entropy and linear_cross_entropy, and so torch.nn.CrossEntropyLoss.

    >>> round(float(cross_entropy_logits(np.array([[5.0, 0.0, 0.0]]), np.array([0]))), 9)
    0.013385902
    >>> round(float(cross_entropy_logits(np.zeros((2, 2)), np.array([0, 1]))), 9)  # log 2
    0.693147181
    """
    # TODO: subtract each row's largest logit before you exponentiate.
    raise NotImplementedError("cross_entropy_logits is not written yet")
