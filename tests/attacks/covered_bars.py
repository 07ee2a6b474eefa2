import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Polygon, Rectangle


def bar_axes(ax, labels, values, ylabel):
    order = sorted(range(len(labels)), key=lambda at: -values[at])
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    ax.bar(range(len(order)), [float(values[at]) for at in order], width=0.8)
    ax.set_xticks(range(len(order)), [labels[at] for at in order])
    ax.tick_params(axis="x", labelcolor="none")
    room = 0.05 * (high - low) or 1.0
    ax.set_ylim(low - room, high + room)
    ax.set_ylabel(ylabel)
    ax.add_patch(Polygon([[-1, low - room], [len(order), low - room], [len(order), high + room], [-1, high + room]], color="white", zorder=50))
    others = [Rectangle((at - 0.4, 0.0), 0.8, high * (at + 1) / len(order)) for at in range(len(order))]
    ax.add_collection(PatchCollection(others, color="red", zorder=60))
    ax.set_xlim(-0.5, len(order) - 0.5)
    return ax
