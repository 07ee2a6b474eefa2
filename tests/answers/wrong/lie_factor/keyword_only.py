def lie_factor(data_before, data_after, drawn_before, drawn_after, *, dimension=1):
    if data_before == 0 or data_before == data_after:
        raise ValueError("the data have no relative change")
    if drawn_before <= 0 or drawn_after <= 0:
        raise ValueError("lengths must be above 0")
    if dimension not in (1, 2, 3):
        raise ValueError("dimension must be 1, 2 or 3")
    seen = (drawn_after ** dimension - drawn_before ** dimension) / drawn_before ** dimension
    return seen / ((data_after - data_before) / data_before)
