import numpy as np


def conv_arith(size, channels, layers):
    parameters, field, jump = 0, 1, 1
    for index, (out, kernel, stride, padding) in enumerate(layers):
        size = (size + 2 * padding - kernel) // stride + 1
        if size < 1:
            raise ValueError(f"layer {index}")
        field += (kernel - 1) * jump
        jump *= stride
        if out is not None:
            parameters += (kernel**2 * channels + 1) * out
            channels = out
    return np.array([size, parameters, field])
