"""Tufte's lie factor: how much larger a change looks than it is."""


def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1) -> float:
    """Return the relative change that is seen, divided by the relative change in the data.

    The relative change from a to b is (b - a) / a. Allowed: the standard library, numpy, pandas, torch. Nothing global
    is changed. Printing and warnings cost nothing.

    Args:
        data_before, data_after: two numbers, ints or floats of ordinary size. They differ by more than 1e-6 of their
            size, or not at all.
        drawn_before, drawn_after: how long they are drawn on paper, lengths above 0: a height, or a diameter.
        dimension: an int. 1: the length is what is seen; 2: an area is, which grows with the square of the length; 3: a
            volume, with its cube.

    Returns:
        A float: 1 where the picture tells the truth. It is negative where one grows and the other shrinks.

    Raises:
        ValueError: data_before is 0; the data do not change; drawn_before or drawn_after is not above 0; dimension is
            none of 1, 2, 3.

    >>> round(lie_factor(18, 27.5, 0.6, 5.3), 9)  # Tufte's fuel economy
    14.842105263
    >>> lie_factor(1, 2, 1, 2, dimension=2)
    3.0
    >>> lie_factor(100, 50, 10, 5)
    1.0
    """
    # TODO: what is seen first: a length, an area, a volume? Then two relative changes, and one division.
    raise NotImplementedError("lie_factor is not written yet")
