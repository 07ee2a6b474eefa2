"""The picture of outlier_fit: three lines, and how each follows an outlier that moves away."""

import numpy as np

COLORS = {"mse": "#d9622b", "mae": "#2f6db5", "huber": "#2a8f6d"}


def draw(figure, outlier_fit):
    """Draw onto a matplotlib Figure, with the learner's `outlier_fit`."""
    figure.set_size_inches(10, 4.5)
    lines, slopes = figure.subplots(1, 2)
    x = np.arange(10.0)
    noise = np.random.default_rng(0).normal(0, 0.6, 10)
    y = 2 * x + 1 + noise

    def moved(by):
        return y + np.where(x == 9, by, 0.0)

    lines.plot(x, moved(30.0), "o", color="black", ms=5)
    lines.annotate("the outlier", (9, moved(30.0)[9]), (6.2, 46))
    for loss, color in COLORS.items():
        w, b = outlier_fit(x, moved(30.0), loss)
        lines.plot(x, w * x + b, color=color, lw=2, label=loss)
    places = np.linspace(-10, 50, 25)
    for loss, color in COLORS.items():
        found = [outlier_fit(x, moved(place), loss)[0] for place in places]
        slopes.plot(places, found, color=color, lw=2, label=loss, ls="--" if loss == "huber" else "-")
    lines.set_title("Three losses, three lines", loc="left")
    slopes.set(xlabel="how far the last point is moved", ylabel="slope of the best line")
    slopes.set_title("The slope follows the outlier, or does not", loc="left")
    for ax in (lines, slopes):
        ax.legend(frameon=False)
        ax.spines[["top", "right"]].set_visible(False)
