import math


def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1):
    try:
        data_change = (data_after - data_before) / data_before
        if not drawn_before > 0:
            raise ValueError("drawn_before")
        growth = math.log(drawn_after / drawn_before)
        return math.expm1({1: 1, 2: 2, 3: 3}[dimension] * growth) / data_change
    except (ZeroDivisionError, KeyError) as e:
        raise ValueError(f"cannot: {e!r}") from e
