"""What a stack of layers makes of an image: its size, its parameters, and how far it sees."""


def conv_arith(size, channels, layers) -> tuple:
    """Return what a stack of layers makes of a square image: (size, parameters, receptive_field).

    - size ← floor((size + 2·padding - kernel) / stride) + 1, layer by layer.
    - parameters: (kernel²·in + 1)·out for each convolution, which has a bias; a pooling layer has none.
    - receptive_field, of one output on the input: from 1, plus (kernel - 1) · (product of the strides before), per
      layer.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Printing and warnings cost nothing.

    Args:
        size: side of the image, a Python int, 1 or more.
        channels: of the image, a Python int, 1 or more.
        layers: list of (out_channels, kernel, stride, padding). out_channels None is a pooling layer, which keeps the
            channels and has no parameters.

    Returns:
        Three integers. Without any layer: (size, 0, 1).

    Raises:
        ValueError: a size is below 1. The message has the index of the layer, counted from 0, and of no other layer.

    >>> conv_arith(32, 3, [(8, 3, 1, 1), (None, 2, 2, 0), (16, 3, 1, 1)])
    (16, 1392, 8)
    >>> conv_arith(32, 1, [(1, 3, 1, 0), (1, 3, 2, 0), (1, 3, 1, 0)])[2]
    9
    """
    # TODO: go through the layers once, and keep size, channels, parameters, field and the product of strides.
    raise NotImplementedError("conv_arith is not written yet")
