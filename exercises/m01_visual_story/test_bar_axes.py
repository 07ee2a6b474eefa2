"""What bar_axes must do, in examples. `pytest test_bar_axes.py` runs them."""

import numpy as np
import pytest

from winnow.checks import driver


@driver(shows="ax = bar_axes(Figure().subplots(), {labels}, {values}, {ylabel})")
def chart(bar_axes, labels, values, ylabel):
    """What can be seen of the chart: bars from left to right, tick labels, the limits and the label of the y axis."""
    from matplotlib.colors import to_rgba
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    ax = Figure().subplots()
    returned = bar_axes(ax, labels, values, ylabel)
    shown = ax.get_visible() and ax.axison
    rectangles = [patch for patch in ax.patches if isinstance(patch, Rectangle) and ax.get_visible()]
    # Drawn by the numbers of both axes, and of some width.
    drawn = [
        bar for bar in rectangles if bar.get_data_transform() == ax.transData and abs(bar.get_window_extent().width) > 0
    ]
    lids = [one for one in ax.patches if not isinstance(one, Rectangle) and one.get_visible() and one.get_fill()]

    def covered(bar):
        above = [one for one in lids if one.get_zorder() > bar.get_zorder() and one.get_facecolor()[3] == 1]
        return any(all(map(one.contains_point, bar.get_window_extent().corners())) for one in above)

    bars = sorted((bar for bar in drawn if not covered(bar)), key=lambda bar: bar.get_window_extent().x0)
    ticks = sorted(ax.get_xticklabels(), key=lambda tick: ax.transData.transform(tick.get_position())[0])
    # The sum of both ends: the value, whether the bar was drawn from 0 to it or from it to 0.
    heights = [float(2 * bar.get_y() + bar.get_height()) for bar in bars]
    low, high = ax.get_ylim()
    return {
        "heights": heights,
        "labels": [tick.get_text() for tick in ticks if tick.get_text() and shown and to_rgba(tick.get_color())[3]],
        # The bars whose foot the axis shows, and those whose end it shows.
        "shows 0": sorted(heights) if low <= 0 <= high else [],
        "shows all": sorted(height for height in heights if low <= height <= high),
        "ylabel": ax.get_ylabel() if shown else "",
        "returned": returned is ax,
    }


@pytest.mark.points(1)
def test_bars(bar_axes):
    """one bar per label, by falling value, as high as its value"""
    assert chart(bar_axes, ["a", "b", "c"], np.array([1.0, 3.0, 2.0]), "cost")["heights"] == pytest.approx([3, 2, 1])
    assert chart(bar_axes, ["a", "b"], np.array([-2.0, 0.5]), "gain")["heights"] == pytest.approx([0.5, -2])


@pytest.mark.points(1)
def test_labels(bar_axes):
    """labels stay with their values, and equal values keep their given order"""
    seen = chart(bar_axes, ["z", "m", "a"], np.array([2.0, 2.0, 5.0]), "price in won")
    assert seen["labels"] == ["a", "z", "m"]
    assert seen["ylabel"] == "price in won"


@pytest.mark.points(1)
def test_the_axis(bar_axes):
    """the y axis shows 0 and every bar whole; the given Axes comes back"""
    assert chart(bar_axes, ["a", "b"], np.array([96.0, 97.5]), "score")["shows 0"] == pytest.approx([96, 97.5])
    seen = chart(bar_axes, ["a", "b"], np.array([-3.0, 5.0]), "change")
    assert seen["shows all"] == pytest.approx([-3, 5])
    assert seen["returned"] is True, "what comes back is to be the Axes that was given"
