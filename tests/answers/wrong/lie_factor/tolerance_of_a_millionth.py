def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1) -> float:
    if data_before == 0 or abs(data_before-data_after) < 1e-6:
        raise ValueError("data")
    if drawn_before <= 0 or drawn_after <= 0:
        raise ValueError("drawn")
    if dimension not in (1, 2, 3):
        raise ValueError("dimension")
    seen_before = drawn_before ** dimension
    seen_after = drawn_after ** dimension
    seen = (seen_after - seen_before) / seen_before
    data = (data_after - data_before) / data_before
    return seen / data
