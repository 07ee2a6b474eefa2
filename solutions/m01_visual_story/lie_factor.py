"""Tufte's lie factor: how much larger a change looks than it is."""


def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1) -> float:
    """Return the relative change that is seen, divided by the relative change in the data."""
    if dimension not in (1, 2, 3):
        raise ValueError(f"dimension is 1, 2 or 3, not {dimension}")
    if data_before == 0:
        raise ValueError("there is no relative change from 0: data_before is 0")
    if data_after == data_before:
        raise ValueError("the data do not change")
    if drawn_before <= 0 or drawn_after <= 0:
        raise ValueError(f"what is drawn has a length above 0, not {drawn_before} and {drawn_after}")
    seen_before, seen_after = drawn_before**dimension, drawn_after**dimension
    seen = (seen_after - seen_before) / seen_before
    real = (data_after - data_before) / data_before
    return float(seen / real)
