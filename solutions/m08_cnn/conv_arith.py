"""What a stack of layers makes of an image: its size, its parameters, and how far it sees."""


def conv_arith(size, channels, layers) -> tuple:
    """Return what a stack of layers makes of a square image: (size, parameters, receptive_field)."""
    parameters, field, jump = 0, 1, 1
    for index, (out, kernel, stride, padding) in enumerate(layers):
        size = (size + 2 * padding - kernel) // stride + 1
        if size < 1:
            raise ValueError(f"layer {index} leaves nothing of the image: its size is {size}")
        field += (kernel - 1) * jump
        jump *= stride
        if out is not None:
            parameters += (kernel**2 * channels + 1) * out
            channels = out
    return size, parameters, field
