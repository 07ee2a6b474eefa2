import numpy as np


def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-np.round(values, 6), kind="stable")
    ax.bar(np.arange(len(order)), values[order])
    ax.set_xticks(np.arange(len(order)), [labels[i] for i in order])
    ax.set_ylabel(ylabel)
    return ax
