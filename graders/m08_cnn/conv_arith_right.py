"""Right ways to write conv_arith in other styles."""

import math
from functools import reduce
from itertools import accumulate

import numpy as np


def conv_arith_by_recursion(size, channels, layers):
    """The rest of the layers is a smaller problem of the same kind."""

    def go(size, channels, rest, index, jump):
        if not rest:
            return size, 0, 1
        out, kernel, stride, padding = rest[0]
        left = math.floor((size + 2 * padding - kernel) / stride) + 1
        if left <= 0:
            raise ValueError(f"layer number {index}")
        own = 0 if out is None else out * (channels * kernel * kernel + 1)
        end, parameters, field = go(left, channels if out is None else out, rest[1:], index + 1, jump * stride)
        return end, parameters + own, field + (kernel - 1) * jump

    return go(size, channels, list(layers), 0, 1)


def conv_arith_by_passes(size, channels, layers):
    for index, (_, kernel, stride, padding) in enumerate(layers):
        size = (size + 2 * padding - kernel + stride) // stride
        if size < 1:
            raise ValueError(f"nothing left by {index}")
    parameters = 0
    for out, kernel, _, _ in layers:
        if out is None:
            continue
        parameters, channels = parameters + kernel * kernel * channels * out + out, out
    jumps = accumulate([1, *(stride for _, _, stride, _ in layers)], lambda a, b: a * b)
    return size, parameters, 1 + sum((layer[1] - 1) * jump for layer, jump in zip(layers, jumps, strict=False))


def conv_arith_by_going_back(size, channels, layers):
    """The receptive field from the last layer back to the first."""
    for index, (_, kernel, stride, padding) in enumerate(layers):
        span = size + 2 * padding - kernel
        if span < 0:
            raise ValueError(f"layer [{index}]")
        size = span // stride + 1
    field = reduce(lambda seen, layer: (seen - 1) * layer[2] + layer[1], reversed(layers), 1)
    widths = [channels]
    for out, *_ in layers:
        widths.append(out or widths[-1])
    counts = [(k * k * a + 1) * b for (out, k, _, _), a, b in zip(layers, widths, widths[1:], strict=False) if out]
    return [size, sum(counts), field]


def conv_arith_by_reduce(size, channels, layers):
    def step(state, numbered):
        size, channels, parameters, field, jump = state
        index, (out, kernel, stride, padding) = numbered
        size = int((size + 2 * padding - kernel) // stride) + 1
        if size < 1:
            raise ValueError("layer " + str(index))
        more = 0 if out is None else (kernel**2 * channels + 1) * out
        return size, channels if out is None else out, parameters + more, field + (kernel - 1) * jump, jump * stride

    size, _, parameters, field, _ = reduce(step, enumerate(layers), (size, channels, 0, 1, 1))
    return size, parameters, field


def conv_arith_by_counting_windows(size, channels, layers):
    parameters, field, jump = 0, 1, 1
    for index, (out, kernel, stride, padding) in enumerate(layers):
        size = len(range(0, size + 2 * padding - kernel + 1, stride))
        if not size:
            raise ValueError(f"layer {index} is too large")
        field, jump = field + jump * (kernel - 1), jump * stride
        if out:
            parameters, channels = parameters + out + out * channels * kernel * kernel, out
    return np.int64(size), np.int64(parameters), np.int64(field)


def conv_arith_by_class(size, channels, layers):
    class Image:
        parameters, field, jump = 0, 1, 1

        def through(self, index, out, kernel, stride, padding):
            self.size = (self.size + 2 * padding - kernel) // stride + 1
            if self.size < 1:
                raise ValueError(f"{index}: too small")
            self.field += (kernel - 1) * self.jump
            self.jump *= stride
            if out is not None:
                self.parameters += out * (1 + kernel * kernel * self.channels)
                self.channels = out

    image = Image()
    image.size, image.channels = size, channels
    for index, layer in enumerate(layers):
        image.through(index, *layer)
    return image.size, image.parameters, image.field
