def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1) -> float:
    if data_before == data_after and drawn_before == drawn_after and data_before != 0:
        return 1.0
    if data_before == 0 or data_before == data_after:
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
