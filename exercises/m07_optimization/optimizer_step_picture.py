"""The picture of optimizer_step: the paths of the four optimisers in a narrow valley."""

import numpy as np

KINDS = {
    "sgd": ("#8a9099", 0.018, {}),
    "momentum": ("#d9622b", 0.006, {"beta": 0.85}),
    "rmsprop": ("#2a8f6d", 0.12, {"rho": 0.9}),
    "adam": ("#2f6db5", 0.25, {}),
}
STEEP = np.array([1.0, 100.0])


def draw(figure, optimizer_step):
    """Draw onto a matplotlib Figure, with the learner's `optimizer_step`."""
    figure.set_size_inches(11, 5)
    paths, losses = figure.subplots(1, 2, width_ratios=[1.5, 1])
    a, b = np.meshgrid(np.linspace(-5, 1.5, 200), np.linspace(-0.8, 0.8, 160))
    paths.contour(a, b, 0.5 * (STEEP[0] * a**2 + STEEP[1] * b**2), levels=[0.3, 1, 3, 8, 16, 30], colors="#c9ced6")
    for kind, (color, lr, options) in KINDS.items():
        place, state, track = np.array([-4.5, 0.6]), {}, []
        for _ in range(80):
            track.append(place)
            place, state = optimizer_step(place, STEEP * place, state, kind, lr, **options)
        track = np.array(track)
        paths.plot(*track.T, ".-", color=color, lw=1.3, ms=4, label=f"{kind}, lr {lr}")
        losses.semilogy(0.5 * (STEEP * track**2).sum(axis=1), color=color, lw=2)
    paths.plot(0, 0, "k*", ms=12)
    paths.set_title("A valley a hundred times steeper across than along", loc="left")
    paths.legend(frameon=False, loc="lower right", fontsize=9)
    losses.set(xlabel="step", ylabel="loss")
    losses.set_title("The way down", loc="left")
    for ax in (paths, losses):
        ax.spines[["top", "right"]].set_visible(False)
