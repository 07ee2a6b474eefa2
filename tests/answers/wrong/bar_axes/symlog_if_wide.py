import numpy as np
def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-values, kind="stable")
    ax.bar(range(len(values)), values[order])
    ax.set_xticks(range(len(values)), [labels[i] for i in order])
    ax.set_ylabel(ylabel)
    if (values > 0).all() and values.max() / values.min() > 1000:
        ax.set_yscale("symlog")
    lo, hi = ax.get_ylim()
    ax.set_ylim(min(lo, 0), max(hi, 0))
    return ax
