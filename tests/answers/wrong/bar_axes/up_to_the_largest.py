import numpy as np
def bar_axes(ax, labels, values, ylabel):
    order = sorted(range(len(labels)), key=lambda i: -values[i])
    names = [labels[i] for i in order]
    heights = [float(values[i]) for i in order]
    at = list(range(len(order)))
    ax.bar(at, heights)
    ax.set_xticks(at, labels=names)
    low, high = min(0.0, min(heights)), max(heights)
    if low == high:
        high = 1.0
    room = (high - low) * 0.05
    ax.set_ylim(low - (room if low < 0 else 0), high + (room if high > 0 else 0))
    ax.set_ylabel(ylabel)
    return ax
