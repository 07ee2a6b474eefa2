"""A fully connected classifier, slid over a larger image."""

import torch


def fcn_head(features, weight, bias, h, w) -> torch.Tensor:
    """Return what a classifier that was trained on (C, h, w) features says at every place of a larger feature map.

    At each place the result is what the classifier says of the C×h×w window there.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        features: tensor (B, C, H, W).
        weight: tensor (K, C·h·w), for features flattened as torch.flatten does.
        bias: tensor (K,).
        h, w: height and width of the window, Python ints.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        A tensor (B, K, H - h + 1, W - w + 1) of that dtype and device. Gradients flow to features, weight and bias.

    Raises:
        ValueError: weight does not have C·h·w columns; the map is smaller than the window.

    >>> features = torch.arange(4.0).reshape(1, 1, 2, 2)
    >>> weight, bias = torch.tensor([[1.0, 2.0, 3.0, 4.0]]), torch.tensor([0.5])
    >>> fcn_head(features, weight, bias, 2, 2)  # flatten(features) @ weight.T + bias, as (B, K, 1, 1)
    tensor([[[[20.5000]]]])
    >>> fcn_head(features, weight[:, :2], bias, 1, 2).shape
    torch.Size([1, 1, 2, 1])
    """
    # TODO: a row of weight has C·h·w numbers. As what shape does it meet the window?
    raise NotImplementedError("fcn_head is not written yet")
