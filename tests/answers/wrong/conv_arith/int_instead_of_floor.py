def conv_arith(size, channels, layers):
    params, field, jump = 0, 1, 1
    for index, (out, k, s, p) in enumerate(layers):
        size = int((size + 2 * p - k) / s) + 1
        if size < 1:
            raise ValueError(f"layer {index}: nothing is left")
        field += (k - 1) * jump
        jump *= s
        if out is not None:
            params += (k * k * channels + 1) * out
            channels = out
    return size, params, field
