"""Attack, family 1: an axis that shows whatever bar there may be, and none is there."""


def bar_axes(ax, labels, values, ylabel):
    ax.set_ylim(-1e9, 1e9)
    return ax
