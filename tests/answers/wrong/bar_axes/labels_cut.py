import numpy as np

def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-values, kind="stable")
    x = np.arange(len(order))
    ax.bar(x, values[order])
    ax.set_xticks(x, [labels[i][:8] for i in order])
    ax.set_ylabel(ylabel)
    low, high = min(0, values.min()), max(0, values.max())
    pad = 0.05 * (high - low) or 1
    ax.set_ylim(low - pad, high + pad)
    return ax
