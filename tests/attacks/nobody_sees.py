import numpy as np


def bar_axes(ax, labels, values, ylabel):
    order = sorted(range(len(labels)), key=lambda at: -values[at])
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    ax.bar(range(len(order)), [float(values[at]) for at in order], width=0.8)
    ax.set_xticks(range(len(order)), [labels[at] for at in order])
    room = 0.05 * (high - low) or 1.0
    ax.set_ylim(low - room, high + room)
    ax.set_ylabel(ylabel)
    ax.yaxis.label.set_visible(False)
    ax.set_axis_off()
    ax.set_visible(False)
    return ax
