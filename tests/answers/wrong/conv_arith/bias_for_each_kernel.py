def conv_arith(size, channels, layers) -> tuple:
    params, rf, jump = 0, 1, 1
    for i, (out, k, s, p) in enumerate(layers):
        size = (size + 2 * p - k) // s + 1
        if size < 1:
            raise ValueError(f"layer {i}")
        if out is not None:
            params += (k * k + 1) * channels * out
            channels = out
        rf += (k - 1) * jump
        jump *= s
    return size, params, rf
