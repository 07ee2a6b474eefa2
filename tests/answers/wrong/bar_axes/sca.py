import matplotlib.pyplot as plt
import numpy as np


def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-values, kind="stable")
    x = np.arange(len(order))
    ax.bar(x, values[order])
    if plt.fignum_exists(getattr(ax.figure, "number", -1)):
        plt.sca(ax)
        plt.xticks(x, [labels[i] for i in order])
        plt.ylabel(ylabel)
    else:
        ax.set_xticks(x, [labels[i] for i in order])
        ax.set_ylabel(ylabel)
    return ax
