"""The forward pass of a multi-layer perceptron: matrix products with a nonlinearity in between."""

import torch


def mlp_forward(x, weights, biases, activation=torch.relu) -> torch.Tensor:
    """Return the logits of a multi-layer perceptron (MLP) of L layers, for a whole batch at once.

    Layer l (l = 0 ... L-1) computes `h @ W.T + b` of its input h, with W = weights[l] and b = biases[l].
    `activation` comes after every layer except the last: the result is logits. With one layer there is no
    hidden layer, and the MLP is an affine map.

    Args:
        x: float tensor (..., d_0) with any number of leading dimensions, none included; the batch may be
            empty (a leading dimension of 0).
        weights: list of L tensors; weights[l] has shape (d_{l+1}, d_l), the layout of torch.nn.Linear.
        biases: list of L entries; biases[l] has shape (d_{l+1},), or is None: no bias in that layer.
        activation: function from a tensor to a tensor of the same shape. It is called exactly L-1 times, each
            time on the whole batch: no Python loop over samples.

    Returns:
        A tensor (..., d_L). All arguments share one dtype and one device; the result has them too. Gradients
        flow to x, weights and biases. Neither an argument, the lists included, nor anything
        global is changed.

    Raises:
        ValueError: there is no layer; the lists differ in length; or the width of a layer does not fit its
            input: d_l is not the last dimension of what the layer gets. The message names that layer by its
            index, counted from 0, and no other layer.

    >>> x = torch.tensor([[1.0, -2.0]])
    >>> hidden = torch.tensor([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]])
    >>> last = torch.tensor([[1.0, 1.0, -1.0], [0.0, 1.0, 1.0]])
    >>> mlp_forward(x, [hidden, last], [torch.tensor([0.0, -1.0, 0.0]), None])
    tensor([[-1.,  3.]])
    """
    # TODO: take one layer at a time, and compare its width with the input's before you multiply.
    raise NotImplementedError("mlp_forward is not written yet")
