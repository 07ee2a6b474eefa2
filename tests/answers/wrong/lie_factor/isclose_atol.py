def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1):
    if data_before == 0:
        raise ValueError("data_before is 0")
    if abs(data_before - data_after) < 1e-3:
        raise ValueError("no change in the data")
    if drawn_before <= 0 or drawn_after <= 0:
        raise ValueError("lengths must be above 0")
    if dimension not in (1, 2, 3):
        raise ValueError("dimension")
    seen0, seen1 = drawn_before ** dimension, drawn_after ** dimension
    shown = (seen1 - seen0) / seen0
    real = (data_after - data_before) / data_before
    return shown / real
