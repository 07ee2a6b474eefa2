def conv_arith(size, channels, layers) -> tuple:
    params, rf, jump = 0, 1, 1
    i = 0
    for i, (out, k, s, p) in enumerate(layers):
        size = (size + 2 * p - k) // s + 1
        if out is not None:
            params += (k * k * channels + 1) * out
            channels = out
        rf += (k - 1) * jump
        jump *= s
    if size < 1:
        raise ValueError(f"size {size} after layer {i}")
    return size, params, rf
