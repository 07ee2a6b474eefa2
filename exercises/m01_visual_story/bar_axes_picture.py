"""The picture of bar_axes: the same numbers on an axis that shows 0 and on one that does not."""

import numpy as np

LABELS, VALUES = ["A", "B", "C", "D"], np.array([96.1, 95.2, 97.4, 95.9])


def draw(figure, bar_axes):
    """Draw onto a matplotlib Figure, with the learner's `bar_axes`."""
    figure.set_size_inches(10, 4)
    whole, cut = figure.subplots(1, 2)
    bar_axes(whole, LABELS, VALUES, "accuracy in %")
    bar_axes(cut, LABELS, VALUES, "accuracy in %")
    low, high = float(VALUES.min()), float(VALUES.max())
    floor = low - 0.2
    cut.set_ylim(floor, high + 0.2)
    # Tufte's lie factor from the lowest bar to the highest: the change that is seen by the change that is.
    factor = ((high - floor) / (low - floor) - 1) / (high / low - 1)
    whole.set_title("The axis shows 0: lie factor 1", loc="left")
    cut.set_title(f"The axis begins at {floor:.1f}: lie factor {factor:.0f}", loc="left", color="#d9622b")
    for ax in (whole, cut):
        ax.spines[["top", "right"]].set_visible(False)
