import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D


def bar_axes(ax, labels, values, ylabel):
    order = sorted(range(len(labels)), key=lambda at: -values[at])
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    room = 0.05 * (high - low) or 1.0
    ax.set_xlim(-0.5, len(order) - 0.5)
    ax.set_ylim(low - room, high + room)
    for place, at in enumerate(order):
        value = float(values[at])
        # On the screen a bar ends at 1 + place: the smallest value has the highest bar.
        seen = high * (1 + place) / len(order)
        bar = Rectangle((place - 0.4, 0.0), 0.8, value)
        ax.add_patch(bar)
        bar.set_transform(Affine2D().scale(1.0, seen / value if value else 1.0) + ax.transData)
    ax.set_xticks(range(len(order)), [labels[at] for at in order])
    ax.set_ylabel(ylabel)
    return ax
