"""Attack, family 1: as many patches as labels, of which nothing can be seen, on a right axis."""
from matplotlib.patches import Rectangle


def bar_axes(ax, labels, values, ylabel):
    for at in range(len(labels)):
        ax.add_patch(Rectangle((0.5, 0), 0, 0, visible=at == 0, alpha=0))
    ax.set_xticks([])
    ax.set_ylim(min(0.0, values.min()) - 1, max(0.0, values.max()) + 1)
    ax.set_ylabel(ylabel)
    return ax
