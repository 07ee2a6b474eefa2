def conv_arith(size, channels, layers) -> tuple:
    params = 0
    for i, (out, k, s, p) in enumerate(layers):
        size = (size + 2 * p - k) // s + 1
        if size < 1:
            raise ValueError(f"layer {i}")
        if out is not None:
            params += (k * k * channels + 1) * out
            channels = out
    rf = 1
    for out, k, s, p in layers[::-1]:
        rf = rf * s + (k - 1)
    return size, params, rf
