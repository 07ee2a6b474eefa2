def conv_arith(size, channels, layers):
    return _go(size, channels, tuple(layers), 0)


def _go(size, channels, layers, index):
    match layers:
        case ():
            return size, 0, 1
        case ((None, k, s, p), *rest):
            out, own = channels, 0
        case ((out, k, s, p), *rest):
            own = sum(k * k * channels + 1 for _ in range(out))
    span = size + 2 * p - k
    if span < 0:
        raise ValueError("layer number %d (the first is 0) does not fit its input" % index)
    end, parameters, field = _go(span // s + 1, out, tuple(rest), index + 1)
    # a patch of f pixels behind this layer is (f - 1) * s + k pixels before it
    return end, own + parameters, (field - 1) * s + k
