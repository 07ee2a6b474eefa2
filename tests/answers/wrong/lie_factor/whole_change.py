def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1):
    if data_before == 0 or data_before == data_after:
        raise ValueError("data")
    if drawn_before <= 0 or drawn_after <= 0:
        raise ValueError("drawn")
    if dimension not in (1, 2, 3):
        raise ValueError("dimension")
    seen = (drawn_after**dimension - drawn_before**dimension) / drawn_before**dimension
    data = (
        (data_after - data_before) / data_before
        if isinstance(data_before, float)
        else (data_after - data_before) // data_before or 1
    )
    return seen / data
