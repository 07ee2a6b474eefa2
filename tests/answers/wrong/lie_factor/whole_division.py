def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1):
    if data_before == 0 or data_after == data_before or drawn_before <= 0 or drawn_after <= 0 or dimension not in (1, 2, 3):
        raise ValueError("bad")

    def relative(a, b):
        q = (b - a) // a if isinstance(a, int) and isinstance(b, int) and abs(b - a) >= abs(a) else (b - a) / a
        return float(q)

    return relative(drawn_before ** dimension, drawn_after ** dimension) / relative(data_before, data_after)
