import numpy as np
def bar_axes(ax, labels, values, ylabel):
    order = np.lexsort((np.arange(len(values)), -values))
    v = values[order]
    ax.bar(np.arange(len(v)), np.abs(v), bottom=np.minimum(v, 0), tick_label=[labels[i] for i in order])
    ax.margins(x=0.02)
    ax.set_ylim(min(v.min(), 0) - 1, max(v.max(), 0) + 1)
    ax.set_ylabel(ylabel)
    return ax
