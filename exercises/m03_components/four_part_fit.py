"""Train anything: data, model, loss and algorithm are four parts, and each can be swapped by itself."""

import torch


def four_part_fit(data, model, loss, algorithm, params, steps, metric) -> dict:
    """Train `params` for `steps` steps, and note loss and metric at each.

    Each of the four parts can be swapped without touching the others. Each step has one forward pass, whose loss and
    metric are noted, one backward pass, and one call of `algorithm`.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: the given tensors, those in `data` too,
    keep their values, their `requires_grad` and their `.grad`, and no list is changed. What is printed costs nothing,
    and so do warnings.

    Args:
        data: non-empty list of batches (x, y), used in turn: step t, counted from 0, takes batch t mod len(data).
        model: `model(params, x)` returns the prediction.
        loss: `loss(prediction, y)` returns a 0-d tensor.
        algorithm: `algorithm(params, grads)` returns the new parameters, from the old ones and their gradients: both
            are non-empty lists of tensors without graph, and it changes neither.
        params: list of tensors, which may or may not ask for gradients.
        steps: how many steps to take, 0 or more.
        metric: `metric(prediction, y)` returns a number or a 0-d tensor. Whether it gets the prediction with or without
            graph is free.

    Returns:
        `{"params": [...], "loss": [...], "metric": [...]}`: the parameters after the last step, without graph; then
        `steps` floats each, loss and metric as they were before that step's update. A parameter that the loss does not
        depend on has gradient zero. Free are list or tuple, and shared memory where `steps` is 0.

    Raises:
        ValueError: data is empty; steps is negative.

    >>> def model(params, x):
    ...     return params[0] * x
    >>> def squared(prediction, y):
    ...     return ((prediction - y) ** 2).mean()
    >>> def absolute(prediction, y):
    ...     return (prediction - y).abs().mean()
    >>> def descend(params, grads):
    ...     return [p - 0.1 * g for p, g in zip(params, grads)]
    >>> data = [(torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0]))]
    >>> fitted = four_part_fit(data, model, squared, descend, [torch.tensor(0.0)], 2, absolute)
    >>> fitted["params"], fitted["loss"], fitted["metric"]
    ([tensor(1.5000)], [10.0, 2.5], [3.0, 1.5])
    """
    # TODO: copies that ask for gradients at each step; then forward, note, backward, update.
    raise NotImplementedError("four_part_fit is not written yet")
