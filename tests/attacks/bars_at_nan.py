"""Attack, family 1: the right bars at NaN, where they are not seen and no comparison finds them in the wrong place."""
import numpy as np


def bar_axes(ax, labels, values, ylabel):
    order = sorted(range(len(values)), key=lambda at: -values[at])
    ax.bar(np.full(len(order), np.nan), values[order])
    ax.set_xticks(range(len(order)), [labels[at] for at in order])
    ax.set_xlim(-1, len(order))
    ax.set_ylim(min(0, values.min()) - 1, max(0, values.max()) + 1)
    ax.set_ylabel(ylabel)
    return ax
