import numpy as np


def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-values, kind="stable")
    at = np.arange(len(order))
    ax.bar(at, values[order])
    ax.set_xticks(at, [labels[i] for i in order])
    low, high = min(0, values.min()), max(0, values.max())
    pad = (high - low) * 0.05 or 1
    ax.set_ylim(low - pad if low < 0 else 0, high + pad)
    ax.set_ylabel(ylabel.strip().capitalize())
    return ax
