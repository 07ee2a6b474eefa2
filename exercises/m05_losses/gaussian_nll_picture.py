"""The picture of gaussian_nll: the valley over mean and deviation for three points, and where it is lowest."""

import numpy as np

POINTS = np.array([1.0, 2.0, 6.0])


def draw(figure, gaussian_nll):
    """Draw onto a matplotlib Figure, with the learner's `gaussian_nll`."""
    figure.set_size_inches(10, 4.5)
    valley, cut = figure.subplots(1, 2)
    means, deviations = np.linspace(-1, 7, 65), np.linspace(0.8, 6, 53)

    def nll(mean, deviation):
        return float(gaussian_nll(np.full(3, mean), np.full(3, 2 * np.log(deviation)), POINTS))

    heights = np.array([[nll(mean, deviation) for mean in means] for deviation in deviations])
    levels = np.linspace(heights.min(), heights.min() + 3, 25)
    valley.contourf(means, deviations, heights, levels=levels, cmap="Blues_r", extend="max")
    valley.plot(POINTS.mean(), POINTS.std(), "o", color="#d9622b", ms=9)
    valley.annotate("mean and standard deviation\nof the three points", (3, 2.2), (2.2, 4.6), color="#d9622b",
                    arrowprops={"arrowstyle": "-", "color": "#d9622b"})  # fmt: skip
    valley.plot(POINTS, np.full(3, 0.85), "k|", ms=14)
    valley.set(xlabel="mu", ylabel="sigma")
    valley.set_title("Where your loss is lowest", loc="left")
    cut.plot(deviations, [nll(3.0, one) for one in deviations], color="#2f6db5", lw=2.2)
    cut.axvline(POINTS.std(), color="#d9622b", lw=1)
    cut.set(xlabel="sigma, at mu = 3", ylabel="negative log-likelihood")
    cut.set_title("Too sure costs more than too unsure", loc="left")
    cut.spines[["top", "right"]].set_visible(False)
