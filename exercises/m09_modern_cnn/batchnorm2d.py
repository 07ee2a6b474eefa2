"""Batch normalisation, in training and in evaluation."""

import torch


def batchnorm2d(
    x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return x normalised per channel, and the running statistics.

    In training, mean and biased variance per channel, over B, H and W, normalise; and running ← (1 - momentum)·running
    + momentum·batch statistic, where the variance that is remembered is the unbiased one. In evaluation the running
    statistics normalise, and come back as they were. y = gamma · (x - mean) / √(var + eps) + beta.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and results are new (in evaluation the given running tensors or copies come back). What is printed
    costs nothing, and so do warnings.

    Args:
        x: tensor (B, C, H, W); a mean may be large beside the spread.
        gamma, beta, running_mean, running_var: tensors (C,). Running statistics never ask for gradients.
        train: True in training, False in evaluation.
        momentum, eps: floats.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        (y, running_mean, running_var), of that dtype and device. Gradients flow to x (through the batch statistics,
        too), to gamma and to beta. The running statistics carry no graph.

    Raises:
        ValueError: in training, there is one value per channel (B·H·W = 1), or none.

    Closed: batch_norm, instance_norm, group_norm, layer_norm and rms_norm, of torch and torch.nn.functional, and
    torch.native_batch_norm, native_group_norm, native_layer_norm.

    >>> x = torch.tensor([1.0, 3.0], dtype=torch.float64).reshape(2, 1, 1, 1)
    >>> one, zero = torch.ones(1, dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
    >>> y, mean, variance = batchnorm2d(x, one, zero, zero, one, True)
    >>> [tensor.flatten().tolist() for tensor in (y.round(decimals=6), mean, variance)]
    [[-0.999995, 0.999995], [0.2], [1.1]]
    """
    # TODO: over which three of the four axes is the mean taken?
    raise NotImplementedError("batchnorm2d is not written yet")
