"""BYOL: learn from your own slower self, without negatives."""

import torch


def byol_step(q1, q2, t1, t2, xi, theta, m) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Return BYOL's loss, and the target network's next parameters.

    loss: the mean over the batch of 2 - 2 cos(q1, t2) + 2 - 2 cos(q2, t1). The gradient reaches q1 and q2, and neither
    t1 nor t2. New xi: m·xi + (1 - m)·theta.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the results are new. Printing and warnings cost nothing.

    Args:
        q1, q2: tensors (N, D), the online network's predictions for the two views; rows of a norm between 1e-3 and 1e3.
        t1, t2: tensors (N, D), the target network's projections; rows alike.
        xi, theta: lists of tensors of equal shapes: target and online parameters.
        m: a float in [0, 1].

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        (loss, xi): a 0-d tensor of that dtype and device, and a list or tuple of new tensors without graph, which share
        memory with neither xi nor theta.

    Raises:
        ValueError: m lies outside [0, 1]; lists or shapes that do not fit.

    >>> q, xi, theta = torch.tensor([[3.0, 4.0]]), [torch.tensor([1.0])], [torch.tensor([2.0])]
    >>> byol_step(q, q, 2 * q, 5 * q, xi, theta, 1.0)  # q equal to t up to scale
    (tensor(0.), [tensor([1.])])
    >>> byol_step(q, q, -q, -q, xi, theta, 0.0)  # opposite
    (tensor(8.), [tensor([2.])])
    """
    # TODO: whose gradient stops, and which view is compared with which?
    raise NotImplementedError("byol_step is not written yet")
