import numpy as np


def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-values, kind="stable")
    x = np.arange(len(order))
    ax.bar(x, values[order])
    ax.set_xticks(x, [labels[i] for i in order])
    ax.set_ylabel(ylabel)
    return ax.figure.axes[-1]
