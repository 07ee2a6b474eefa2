def conv_arith(size, channels, layers):
    params = 0
    field = 1
    jump = 1
    for i, (out, k, s, p) in [(layers.index(l), l) for l in layers]:
        size = (size + 2 * p - k) // s + 1
        if size < 1:
            raise ValueError(f"layer {i}: nothing is left of the image")
        if out is not None:
            params += (k * k * channels + 1) * out
            channels = out
        field += (k - 1) * jump
        jump *= s
    return size, params, field
