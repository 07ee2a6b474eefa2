"""A bar chart that does not lie: sorted, labelled, and with an axis that shows 0."""

import numpy as np


def bar_axes(ax, labels, values, ylabel):
    """Draw one vertical bar per label on the given matplotlib Axes, and return that Axes.

    Allowed: the standard library, numpy, pandas, torch and matplotlib. The function is pure but for what it draws on
    `ax`: it changes no other argument, and nothing is drawn anywhere else. No figure is made; pyplot's current figure
    and axes stay what they were. Printing and warnings cost nothing.

    The bar of a label is as high as its value: a value of 0 has a bar of height 0, and a negative bar hangs down from
    0. No other rectangles are added. Bars stand from left to right, as seen on the screen, by falling value; equal
    values keep their given order. Bars may touch and do not overlap; all are within the limits of the x axis. At the
    middle of each bar stands a tick with its label, and there is no other tick label on the x axis.

    The y axis is linear and shows 0, whatever the values, and every bar whole: `ylim` contains 0 and all values, and
    grows upwards. It is labelled with `ylabel`.

    Free: colours, edges, widths, grid, title, spines, annotations, rotation of labels, a line at 0, where on the x
    axis the bars stand, and whether they are drawn by `ax.bar` or as single rectangles.

    Args:
        ax: a matplotlib Axes, a fresh one that shares nothing with others.
        labels: list of distinct str, none empty and none with `$`.
        values: numpy array (n,) of float64, n >= 1, finite; perhaps read-only, in any memory layout.
        ylabel: str, what the values are, with their unit.

    Returns:
        `ax` itself.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> bar_axes(ax, ["a", "b", "c"], np.array([1.0, 3.0, 2.0]), "price in $") is ax
    True
    >>> [float(bar.get_height()) for bar in ax.patches]
    [3.0, 2.0, 1.0]
    >>> [tick.get_text() for tick in ax.get_xticklabels()]
    ['b', 'c', 'a']
    """
    # TODO: sort labels and values together, the largest value first.
    raise NotImplementedError("bar_axes is not written yet")
