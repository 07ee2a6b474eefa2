"""A residual block: what two convolutions add to what came in."""

import torch


def residual_block(x, w1, w2, project=None, stride=1) -> torch.Tensor:
    """Return relu(F(x) + shortcut).

    F is a convolution 3×3 (w1, stride, padding 1), a relu, and a convolution 3×3 (w2, stride 1, padding 1), without
    biases. The shortcut is x, or x through a 1×1 convolution with the same stride where `project` is given.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        x: tensor (B, C, H, W).
        w1: tensor (O, C, 3, 3).
        w2: tensor (O, O, 3, 3).
        project: None, or a tensor (O, C, 1, 1).
        stride: a Python int, 1 or more.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        A tensor (B, O, H', W') of that dtype and device. Gradients flow to x and to all weights.

    Raises:
        ValueError: there is no projection and the shapes of F(x) and x differ; w1, w2 or project have other shapes than
            these.

    >>> x = torch.tensor([-1.0, 2.0]).reshape(1, 1, 1, 2)
    >>> residual_block(x, torch.ones(1, 1, 3, 3), torch.zeros(1, 1, 3, 3))  # w2 = 0: relu(x)
    tensor([[[[0., 2.]]]])
    """
    # TODO: compute F(x) first; then see whether x can be added to it.
    raise NotImplementedError("residual_block is not written yet")
