"""Hidden checks of bar_axes."""

from itertools import pairwise

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.recipes import asked


@driver(shows="bar_axes(Figure().subplots(), {labels}, {values}, {ylabel})")
def drawn(bar_axes, labels, values, ylabel):
    """The chart as plain facts: where rectangles and tick labels are, in shares of the Axes' width, and the y axis."""
    from contextlib import suppress

    import numpy as np
    from matplotlib.axis import Axis
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import to_rgba
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.spines import Spine
    from matplotlib.text import Text

    figure = Figure()
    ax = figure.subplots()
    bar_axes(ax, labels, values, ylabel)
    ax.apply_aspect()  # with the tick labels asked for below, all that drawing would change, at a tenth of its cost
    ax.get_xticklabels(which="both")
    inside = ax.get_window_extent()

    def share(x):
        return float((x - inside.x0) / inside.width)

    def picture(rectangles, colour, others):
        """The rectangles in a colour among what else lies in front of and behind them."""
        renderer = FigureCanvasAgg(figure).get_renderer()
        for one in rectangles:
            one.set(facecolor=colour, fill=True, alpha=None)
        for one in others:
            with suppress(Exception):  # what can be drawn within a whole figure only
                one.draw(renderer)
        return np.array(renderer.buffer_rgba())[::-1]

    def covered(rectangles):
        """Those of which most would be seen if there were only they, and is not."""
        beside = [one for one in figure.get_children() if one not in (ax, figure.patch)]
        layers = [sorted(layer, key=lambda one: one.get_zorder()) for layer in (ax.get_children(), beside)]
        # Axes, thin lines, and words but for their boxes hide nothing.
        kinds = (Axis, Legend, Spine, Text)
        drawn = [one for one in (*layers[0], *layers[1]) if one is not ax.patch and one.get_visible()]
        drawn = [one for one in drawn if not isinstance(one, kinds) or getattr(one, "_bbox_patch", None)]
        drawn = [one for one in drawn if not isinstance(one, Line2D) or one.get_linewidth() + one.get_markersize() > 20]
        if all(one in rectangles for one in drawn):
            return
        alone, among = (
            (picture(rectangles, "red", others) != picture(rectangles, "blue", others)).any(axis=2)
            for others in ([one for one in drawn if one in rectangles], drawn)
        )
        for one in rectangles:
            box = one.get_window_extent()
            area = tuple(slice(max(0, int(low)), max(0, int(high) + 1)) for low, high in (box.intervaly, box.intervalx))
            if among[area].sum() < 0.25 * alone[area].sum() - 3:
                yield one

    # What has no colour is not seen, and is no bar.
    coloured = [
        patch
        for patch in ax.patches
        if isinstance(patch, Rectangle)
        and patch.get_visible()
        and ax.get_visible()
        and (patch.get_facecolor()[3] or patch.get_edgecolor()[3])
    ]
    hidden = list(covered(coloured))
    bars = []
    for patch in coloured:
        if patch not in hidden:
            seen = patch.get_window_extent()
            if patch.get_data_transform() == ax.transData:
                ends = sorted((patch.get_y(), patch.get_y() + patch.get_height()))
            else:  # its numbers are none of the y axis
                ends = sorted(ax.transData.inverted().transform([(0, seen.y0), (0, seen.y1)])[:, 1])
            sides = sorted((seen.x0, seen.x1))
            bars.append([share(sides[0]), share(sides[1]), float(ends[0]), float(ends[1])])
    ticks = []
    shown = ax.get_visible() and ax.axison
    for tick in ax.xaxis.get_major_ticks() + ax.xaxis.get_minor_ticks():
        place = share(ax.transData.transform((tick.get_loc(), 0.0))[0])
        for text in (tick.label1, tick.label2):
            visible = shown and ax.xaxis.get_visible() and text.get_visible() and to_rgba(text.get_color())[3]
            if text.get_text() and visible and -0.001 <= place <= 1.001:
                ticks.append([place, text.get_text()])
    return {
        "bars": sorted(bars),
        "ticks": sorted(ticks),
        "ylim": [float(one) for one in ax.get_ylim()],
        "yscale": ax.get_yscale(),
        "ylabel": ax.get_ylabel() if shown and ax.yaxis.get_visible() and ax.yaxis.label.get_visible() else "",
    }


@driver(
    shows="bar_axes(ax, {labels}, {values}, {ylabel}), where ax is the first of two Axes of a figure, and pyplot has "
    "{figures} figures: that one, where there are any, and another, which is current"
)
def beside(bar_axes, labels, values, ylabel, figures):
    """What pyplot has before and after, how many bars came onto the given Axes, whether it came back, and whether the
    global generators are as before: `alone` would see the figures, too, that an earlier call has left to pyplot."""
    import random

    import matplotlib
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    def generators():
        _, keys, at, *rest = np.random.get_state()
        return keys.tobytes(), at, rest, random.getstate(), np.geterr()

    plt.close("all")
    matplotlib.rcdefaults()  # an earlier call may have changed what this one would change
    own, *_ = [plt.figure() for _ in range(figures)] or [Figure()]
    ax, _ = own.subplots(1, 2)
    current = (plt.gcf(), plt.gca()) if figures else None
    before = list(plt.get_fignums())
    given = values.copy()
    names = list(labels)
    settings = matplotlib.rcParams.copy()
    # After a draw: whoever seeds the same in every call would otherwise leave all as the last call did.
    np.random.random_sample(), random.random()
    stirred = generators()
    returned = bar_axes(ax, names, given, ylabel)
    touched = matplotlib.rcParams != settings
    drew = generators() != stirred
    after = list(plt.get_fignums())
    same = after == before and (current is None or (plt.gcf() is current[0] and plt.gca() is current[1]))
    drawn_there = sum(len(one.patches) for number in after for one in plt.figure(number).axes if one is not ax)
    plt.close("all")
    wide = [one for one in ax.patches if isinstance(one, Rectangle) and one.get_visible() and one.get_width()]
    return {
        "bars": len(wide),
        "returned": returned is ax,
        "pyplot as before": same,
        "settings as before": not touched,
        "generators as before": not drew,
        "axes": len(ax.figure.axes),
        "bars elsewhere": drawn_there,
        "labels": names,
        "values": given,
    }


def names(rng, count):
    """Labels whose order is not that of the values, nor of the alphabet."""
    words = ["plum", "fig", "apple", "pear", "kiwi", "lime", "date", "melon"]
    return [words[at] for at in rng.permutation(8)[:count]]


def many(numbers, values):
    """So many bars that numpy's default sort, which is not stable, moves equal values."""
    return call([f"no. {number}" for number in numbers], np.array(values), "price")


# A chart takes as long as a hundred calls of another exercise: what shows the same is drawn once.


def charts(rng):
    yield call(["2019", "2021", "2020"], rng.uniform(1e-10, 5e-10, 3), "CO₂ as a share of all")
    mixed = ["b 10", "b 9", "한글", "a name of more than twenty letters", *names(rng, 2)]
    yield call(mixed, rng.uniform(-9, 9, 6), "Change (1000 won)")


def signs(rng):
    """Values above 0 alone, far from 0, below 0 alone, mixed with 0 among them, and 0 alone; some that are equal."""
    base = rng.uniform(90, 95)
    yield call(names(rng, 3), base + rng.uniform(0, 5, 3), "score")
    yield call(names(rng, 2), -base - rng.uniform(0, 5, 2), "loss")
    yield call(names(rng, 4), np.array([3.0, -8.0, 0.0, 5e4]) + rng.uniform(0, 0.4) * np.array([1, 1, 0, 1]), "change")
    yield call(names(rng, 2), np.zeros(2), "count")
    yield call(names(rng, 1), rng.uniform(1e9, 5e9, 1), "won")
    a = rng.uniform(2, 9)
    yield call(["z", "y", "x", "w"], np.array([-a, a, -a, a]), "change")
    # Above 0 and of unlike sizes, one far above all others: another scale than a linear one, or a lower limit, tempts.
    yield many(rng.permutation(22), a * 100.0 ** rng.permutation([0] * 10 + [1] * 11 + [2]))


def surroundings(rng):
    for figures in (0, 2):
        yield call(names(rng, 3), rng.uniform(1, 9, 3), "price", figures)


def layouts(rng):
    values = rng.uniform(1, 9, 6)[::-2]
    values.flags.writeable = False
    yield call(names(rng, 3), values, "price")


def order_of(values):
    return sorted(range(len(values)), key=lambda at: -values[at])


def one_bar_each(call, facts):
    """As many rectangles as labels, from left to right by falling value, each from 0 to its value."""
    _, values, _ = call.args
    size = 1e-13 + 1e-7 * np.abs(values).max()
    if len(facts["bars"]) != len(values):
        return "there is not one bar per label"
    ends = np.array([bar[2:] for bar in facts["bars"]])
    if np.abs(ends).min(axis=1).max() > size:
        return "a bar does not begin at 0"
    heights = ends.sum(axis=1)
    if not np.allclose(np.sort(np.abs(heights)), np.sort(np.abs(values)), atol=size):
        return "a bar is not as high as its value"
    if not np.allclose(np.sort(heights), np.sort(values), atol=size):
        return "a bar is on the wrong side of 0"
    if np.allclose(heights, values[order_of(values)], atol=size):
        return None
    low, high = next(two for two in pairwise(heights) if two[0] < two[1])
    return f"the bars do not stand by falling value: one of height {low:.4g} is left of one of height {high:.4g}"


def is_number(text):
    """Whether matplotlib would write so beside a tick that has no name."""
    return text.lstrip("-\N{MINUS SIGN}").replace(".", "", 1).isdecimal()


def labelled(call, facts):
    """A tick with its label at the middle of each bar, and no other label."""
    labels, values, _ = call.args
    bars, ticks = facts["bars"], facts["ticks"]
    texts = [text for _, text in ticks]
    if not texts:
        return "there is no tick label on the x axis"
    if not set(texts) & set(labels):
        return "the ticks carry numbers" if all(map(is_number, texts)) else "no tick label is one of the labels"
    if sorted(texts) != sorted(labels):
        return "there is not one tick label for each label, and no other"
    right, found = order_of(values), [labels.index(text) for text in texts]
    for number, (at, other) in enumerate(zip(right, found, strict=True), 1):
        if values[at] != values[other]:
            return f"tick number {number} from the left carries the label of another value, {labels[other]}"
    if found != right:
        return "equal values do not keep their given order"
    if len(bars) != len(ticks):
        return "there is not one bar per label"
    for bar, (place, _) in zip(bars, ticks, strict=True):
        if abs((bar[0] + bar[1]) / 2 - place) > 1e-3:
            return "a tick is not at the middle of its bar"
    return None


def side_by_side(call, facts):
    """Bars do not overlap, have a width, and are within the limits of the x axis."""
    bars = facts["bars"]
    if len(bars) != len(call.args[1]):
        return "there is not one bar per label"
    if any(bar[1] - bar[0] < 1e-4 for bar in bars):
        return "a bar has no width"
    if any(right[0] < left[1] - 1e-6 for left, right in pairwise(bars)):
        return "bars overlap"
    return None if bars[0][0] >= -1e-6 and bars[-1][1] <= 1 + 1e-6 else "a bar is outside the limits of the x axis"


def unseen(facts):
    """What is wrong where nothing has a width, so that an axis is the axis of nothing."""
    if not facts["bars"]:
        return "there are no bars"
    return None if any(right - left > 1e-4 for left, right, *_ in facts["bars"]) else "no bar has a width"


def honest_axis(call, facts):
    """ylim contains 0 and all values, and grows upwards, on a linear scale."""
    values = call.args[1]
    low, high = facts["ylim"]
    if nothing := unseen(facts):
        return nothing
    if facts["yscale"] != "linear":
        return "the y axis is not linear"
    if not low < high:
        return "the y axis does not grow upwards"
    if not low <= 0 <= high:
        return "the y axis does not show 0"
    return None if low <= values.min() and values.max() <= high else "the y axis does not show every bar whole"


def named(call, facts):
    return unseen(facts) or (None if facts["ylabel"] == call.args[2] else "the y axis is not labelled with ylabel")


def nothing_else(call, facts):
    """The bars came onto the given Axes, which came back, and pyplot is as before."""
    labels, values, *_ = call.args
    if not facts["returned"]:
        return "the given Axes is not what comes back"
    if facts["bars"] < len(values):
        return "the bars are not on the given Axes"
    if facts["bars elsewhere"] or not facts["pyplot as before"]:
        return "something is drawn elsewhere, or pyplot's current figure is another than before"
    if facts["axes"] != 2:
        return "the figure has got other axes"
    if not facts["settings as before"]:
        return "matplotlib's settings are changed"
    if not facts["generators as before"]:
        return "a global generator, or a setting of numpy's, is changed"
    if facts["labels"] != labels:
        return "the labels are changed"
    return None if np.array_equal(facts["values"], values) else "the values are changed"


def fact(problem):
    """A judge of what is drawn. What is at NaN is not, and no comparison finds it in the wrong place."""

    def somewhere(call, facts):
        numbers = [*facts["ylim"], *(side for bar in facts["bars"] for side in bar)]
        return problem(call, facts) if np.isfinite(numbers).all() else "a bar is nowhere, or the y axis without end"

    return judges.holds(somewhere, drawn=True)


TINY = [
    (["a", "b"], [2.0, 1.0]), (["a", "b"], [1.0, 2.0]), (["a", "b", "c"], [2.0, 2.0, 3.0]), (["a"], [3.0]),
    (["a", "b"], [5.0, 4.0]), (["a", "b"], [-1.0, 2.0]), (["a", "b"], [-5.0, -4.0]), (["b", "a"], [2.0, 2.0]),
    (["b", "a", "c"], [1.0, 3.0, 2.0]), (["a", "b"], [0.0, 1.0]), (["a", "b"], [0.0, 0.0]),
    (["a", "b"], [1001.0, 1003.0]), (["a", "b", "c"], [1.0, -3.0, 2.0]), (["b", "a"], [9.0, 10.0]),
]  # fmt: skip
SMALL = [call(labels, np.array(values), "y") for labels, values in TINY]
SMALL += [
    call(["a", "b"], np.array([2.0, 1.0]), "Price"), call(["a", "b"], np.array([1e-9, 2e-9]), "y"),
    call(["a", "b"], np.array([1e6, 1.0]), "y"), call(["a rather long name", "b"], np.array([2.0, 1.0]), "y"),
    call(list("abcdefghijkl"), np.array([90.0] + [1.0] * 11), "y"),
]  # fmt: skip
BESIDE = [call(labels, np.array(values), "y", figures) for labels, values in TINY[:2] for figures in (0, 2)]


@pytest.mark.points(1.5)
def test_heights_and_order(bar_axes, agree):
    """bars from left to right by falling value, each from 0 to its value, and no other rectangle"""
    agree(bar_axes, **asked(charts, SMALL), through=drawn, judge=fact(one_bar_each))


@pytest.mark.points(1)
def test_ticks(bar_axes, agree):
    """at the middle of each bar a tick with its label, and no other tick label"""
    agree(bar_axes, **asked(charts, SMALL), through=drawn, judge=fact(labelled))


@pytest.mark.points(1)
def test_the_y_axis(bar_axes, agree):
    """the y axis is linear, grows upwards, shows 0 and every bar whole, whatever the values"""
    agree(bar_axes, **asked(signs, SMALL), through=drawn, judge=fact(honest_axis))


@pytest.mark.points(0.5)
def test_the_y_label(bar_axes, agree):
    """the y axis is labelled with ylabel"""
    agree(bar_axes, **asked(charts, SMALL), through=drawn, judge=fact(named))


@pytest.mark.points(1)
def test_nothing_elsewhere(bar_axes, agree):
    """the given Axes comes back with the bars; no figure is made, and pyplot's current one stays what it was"""
    agree(bar_axes, **asked(surroundings, BESIDE), through=beside, judge=judges.holds(nothing_else, drawn=True))


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_equal_values(bar_axes, agree):
    """equal values keep their given order"""
    small = [*SMALL, many(range(18), [1.0, 2.0] * 9)]
    agree(bar_axes, **asked(signs, small), through=drawn, judge=fact(labelled))


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_bars_side_by_side(bar_axes, agree):
    """bars do not overlap, and all are within the limits of the x axis"""
    agree(bar_axes, **asked(signs, SMALL), through=drawn, judge=fact(side_by_side))


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_signs(bar_axes, agree):
    """negative bars hang down from 0, and a value of 0 has a bar of height 0"""
    agree(bar_axes, **asked(signs, SMALL), through=drawn, judge=fact(one_bar_each))


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_layouts(bar_axes, agree):
    """values may be read-only, or lie in memory as they like"""
    agree(bar_axes, **asked(layouts, SMALL), through=drawn, judge=fact(one_bar_each))
