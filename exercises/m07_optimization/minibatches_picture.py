"""The picture of minibatches: which index is seen when, in three epochs."""

import numpy as np

COLORS = "#2f6db5", "#d9622b", "#2a8f6d", "#8a9099", "#b0892f"


def draw(figure, minibatches):
    """Draw onto a matplotlib Figure, with the learner's `minibatches`."""
    figure.set_size_inches(11, 4)
    rng = np.random.default_rng(0)
    axes = figure.subplots(1, 3, sharey=True)
    for epoch, ax in enumerate(axes):
        when = 0
        for number, batch in enumerate(minibatches(22, 5, rng)):
            times = range(when, when + len(batch))
            ax.plot(times, list(batch), "o", color=COLORS[number % len(COLORS)], ms=6)
            when += len(batch)
            ax.axvline(when - 0.5, color="#d9dde3", lw=1)
        ax.set(xlabel="when", title=f"epoch {epoch + 1}")
        ax.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("index of the sample")
    figure.suptitle("22 samples in batches of 5: every index once an epoch, in another order", x=0.01, ha="left")
