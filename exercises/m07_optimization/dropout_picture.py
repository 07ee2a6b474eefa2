"""The picture of dropout: what it does to one activation map, and to mean and spread, in training and evaluation."""

import numpy as np

BLUE, ORANGE, GREY = "#2f6db5", "#d9622b", "#8a9099"


def draw(figure, dropout):
    """Draw onto a matplotlib Figure, with the learner's `dropout`."""
    figure.set_size_inches(10, 4)
    maps, means = figure.subplots(1, 2, width_ratios=[1, 1.6])
    rng = np.random.default_rng(3)
    x = 1 + np.hypot(*np.mgrid[-1:1:16j, -1:1:16j])
    maps.imshow(np.hstack([x, np.full((16, 1), np.nan), dropout(x, 0.5, True, rng)]), cmap="Blues", vmin=0)
    maps.set_title("x, and x in training (p = 0.5)", loc="left")
    maps.axis("off")

    x = np.abs(rng.normal(1.0, 0.3, 20_000))
    rates = np.linspace(0, 0.95, 20)
    trained = [dropout(x, p, True, rng) for p in rates]
    means.plot(rates, [y.mean() for y in trained], "o-", color=BLUE, label="training: the mean activation")
    means.plot(rates, [dropout(x, p, False, rng).mean() for p in rates], color=ORANGE, lw=2, label="evaluation")
    means.plot(rates, (1 - rates) * x.mean(), "--", color=GREY, label="without the factor 1 / (1 - p)")
    means.fill_between(rates, 0, [y.std() for y in trained], color=BLUE, alpha=0.12, lw=0, label="training: the spread")
    means.set_xlabel("p")
    means.set_ylim(0, 3)
    means.set_title("The mean stays, the noise grows", loc="left")
    means.legend(frameon=False, fontsize=9, loc="upper left")
    means.spines[["top", "right"]].set_visible(False)
