def conv_arith(size, channels, layers):
    parameters, field, jump = 0, 1, 1
    for index, (out, kernel, stride, padding) in enumerate(layers):
        size = (size + 2 * padding - kernel) // stride + 1
        if size < 1:
            raise ValueError(f"layer {index} leaves nothing")
        field += (kernel - 1) * jump
        jump *= stride
        if out is not None:
            bias = 0 if kernel == 1 and index > 0 else 1
            parameters += (kernel * kernel * channels + bias) * out
            channels = out
    return size, parameters, field
