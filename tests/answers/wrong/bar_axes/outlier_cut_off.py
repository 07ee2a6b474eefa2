import numpy as np
def bar_axes(ax, labels, values, ylabel):
    order = np.argsort(-values, kind="stable")
    ax.bar(range(len(values)), values[order])
    ax.set_xticks(range(len(values)), [labels[i] for i in order])
    ax.set_ylabel(ylabel)
    lo, hi = ax.get_ylim()
    ax.set_ylim(min(lo, 0), max(np.percentile(values, 90) * 1.1 if len(values) > 10 else hi, 0))
    return ax
