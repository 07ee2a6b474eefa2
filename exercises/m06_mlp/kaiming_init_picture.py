"""The picture of kaiming_init: how large activations are after many layers, for three ways to begin."""

import numpy as np

WIDTH, DEPTH = 128, 30


def draw(figure, kaiming_init):
    """Draw onto a matplotlib Figure, with the learner's `kaiming_init`."""
    figure.set_size_inches(8, 5)
    ax = figure.subplots()
    starts = {
        "yours": ("#2f6db5", lambda rng: kaiming_init(WIDTH, WIDTH, rng)),
        "variance 1 / fan_in": ("#d9622b", lambda rng: rng.normal(0, (1 / WIDTH) ** 0.5, (WIDTH, WIDTH))),
        "variance 3 / fan_in": ("#8a9099", lambda rng: rng.normal(0, (3 / WIDTH) ** 0.5, (WIDTH, WIDTH))),
    }
    for name, (color, start) in starts.items():
        rng = np.random.default_rng(7)
        h, sizes = rng.normal(size=(200, WIDTH)), []
        for _ in range(DEPTH):
            h = np.maximum(h @ start(rng).T, 0.0)
            sizes.append(np.mean(h**2))
        ax.semilogy(range(1, DEPTH + 1), sizes, color=color, lw=2.2, label=name)
    ax.set(xlabel="layer", ylabel="mean square of the activations")
    ax.set_title("Through 30 ReLU layers: one start keeps its size", loc="left")
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
