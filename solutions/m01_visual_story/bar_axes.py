"""A bar chart that does not lie: sorted, labelled, and with an axis that shows 0."""

import numpy as np


def bar_axes(ax, labels, values, ylabel):
    """Draw one bar per label on `ax`, by falling value, on an axis that shows 0."""
    order = np.argsort(-values, kind="stable")
    heights = values[order]
    names = [labels[i] for i in order]
    places = np.arange(len(heights))
    ax.bar(places, heights, width=0.8)
    ax.set_xticks(places, names)
    low, high = min(0.0, heights.min()), max(0.0, heights.max())
    # With zeros alone both limits would be 0, and matplotlib would widen them by itself, with a warning.
    ax.set_ylim(low, high if high > low else 1.0)
    ax.set_ylabel(ylabel)
    return ax
