"""Right ways to write bar_axes in other styles. Looks are free, so no two charts need be alike."""

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator


def _limits(ax, values):
    low, high = min(0, *values), max(0, *values)
    room = 0.05 * ((high - low) or 1)
    ax.set_ylim(low - room if low < 0 else 0, high + room)


def bar_axes_by_categories(ax, labels, values, ylabel):
    """matplotlib's own axis of categories."""
    pairs = sorted(zip(labels, values, strict=True), key=lambda pair: pair[1], reverse=True)
    ax.bar([name for name, _ in pairs], [value for _, value in pairs], color="#2f6db5")
    _limits(ax, values.tolist())
    ax.set(ylabel=ylabel)
    return ax


def bar_axes_by_rectangles(ax, labels, values, ylabel):
    order = sorted(range(len(values)), key=lambda i: -values[i])
    for place, i in enumerate(order):
        ax.add_patch(Rectangle((10 * place, 0), 10, values[i], ec="white"))
    ax.set_xlim(-3, 10 * len(order) + 3)
    ax.xaxis.set_major_locator(FixedLocator([10 * place + 5 for place in range(len(order))]))
    ax.xaxis.set_major_formatter(FixedFormatter([labels[i] for i in order]))
    _limits(ax, values.tolist())
    ax.yaxis.set_label_text(ylabel)
    return ax


def bar_axes_by_pandas(ax, labels, values, ylabel):
    ordered = pd.Series(values.copy(), index=labels).sort_values(ascending=False, kind="stable")
    ordered.plot.bar(ax=ax, width=0.9, legend=False, xlabel="")
    _limits(ax, values.tolist())
    ax.axhline(0, color="black", lw=0.8)
    ax.set_ylabel(ylabel)
    return ax


def bar_axes_by_one_call_each(ax, labels, values, ylabel):
    ranked = sorted(enumerate(values), key=lambda pair: (-pair[1], pair[0]))
    for place, (at, value) in enumerate(ranked):
        ax.bar(place, value, width=0.6, label=labels[at])
        ax.annotate(f"{value:g}", (place, value), ha="center")
    ax.set_xticks(np.arange(len(ranked)))
    ax.set_xticklabels([labels[at] for at, _ in ranked], rotation=30)
    _limits(ax, values.tolist())
    ax.set_title("sorted")
    ax.grid(axis="y")
    ax.set_ylabel(ylabel, fontsize=12)
    return ax


def bar_axes_by_inverted_axis(ax, labels, values, ylabel):
    """From the smallest on, on an x axis that runs to the left."""
    order = np.argsort(-values, kind="stable")[::-1]
    ax.bar(np.arange(len(order)), values[order], 0.5)
    ax.set_xticks(np.arange(len(order)), [labels[i] for i in order])
    ax.invert_xaxis()
    _limits(ax, values.tolist())
    ax.set_ylabel(ylabel)
    return ax


def bar_axes_by_edges(ax, labels, values, ylabel):
    order = np.lexsort((np.arange(len(values)), -values))
    ax.bar(np.arange(len(order)) * 2, values[order], width=1.5, align="edge")
    ax.set_xticks(np.arange(len(order)) * 2 + 0.75, np.array(labels, dtype=object)[order])
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    ax.set_ybound(low, high if high > low else low + 1)
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_ylabel(ylabel)
    return ax
