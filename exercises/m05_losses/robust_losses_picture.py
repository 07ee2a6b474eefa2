"""The picture of the robust losses: the losses, their gradients below, and what one outlier does to a constant."""

import numpy as np


def draw(figure, mse, huber, log_cosh, quantile, loss_grad):
    """Draw onto a matplotlib Figure, with the learner's functions."""
    figure.set_size_inches(11, 6)
    panels = figure.subplot_mosaic([["loss", "fit"], ["slope", "fit"]], width_ratios=[1.25, 1])
    losses = {
        "MSE": ("#8a9099", lambda y, c: mse(y, c), "mse", {}),
        "Huber, δ = 1": ("#2f6db5", lambda y, c: huber(y, c, delta=1.0), "huber", {"delta": 1.0}),
        "log-cosh": ("#2a8f6d", lambda y, c: log_cosh(y, c), "log_cosh", {}),
        "quantile, τ = 0.9": ("#d9622b", lambda y, c: quantile(y, c, tau=0.9), "quantile", {"tau": 0.9}),
    }
    # As many points as leave out 0, where a loss with a kink has any slope between two.
    r = np.linspace(-4, 4, 320)
    zero = np.zeros(1)
    for name, (color, loss, kind, given) in losses.items():
        panels["loss"].plot(r, [loss(zero + one, zero) for one in r], color=color, lw=2, label=name)
        slopes = [np.ravel(loss_grad(kind, zero + one, zero, **given))[0] for one in r]
        panels["slope"].plot(r, slopes, color=color, lw=2)
    panels["loss"].set(ylim=(0, 6), ylabel="loss of one element")
    panels["loss"].set_title("The losses, and below their slopes with respect to ŷ", loc="left")
    panels["loss"].legend(frameon=False, loc="upper center", fontsize=9)
    panels["loss"].sharex(panels["slope"])
    panels["loss"].tick_params(labelbottom=False)
    panels["slope"].set(ylim=(-3.2, 3.2), xlabel="residual r = y - ŷ", ylabel="slope")
    panels["slope"].axhline(0, color="black", lw=0.6)

    # The best constant for four fixed targets and one that moves away: the outlier.
    fixed = np.array([1.0, 2.0, 3.0, 4.0])
    places = np.linspace(5, 30, 11)
    candidates = np.linspace(0, 31, 156)
    for color, loss, _, _ in losses.values():
        best = []
        for place in places:
            targets = np.append(fixed, place)
            costs = [loss(targets, np.full(5, candidate)) for candidate in candidates]
            best.append(candidates[int(np.argmin(costs))])
        # Huber and log-cosh agree here: the dashes let the one below show.
        style = "--" if loss is losses["log-cosh"][1] else "-"
        panels["fit"].plot(places, best, color=color, lw=2, ls=style)
    panels["fit"].plot(places, places, color="black", lw=0.8, ls=":")
    panels["fit"].text(24, 25.2, "the outlier itself", rotation=44, ha="center", va="bottom", fontsize=9)
    panels["fit"].set_title("Best constant for 1, 2, 3, 4 and one outlier", loc="left")
    panels["fit"].set(xlabel="where the outlier lies", ylabel="constant of the smallest loss", ylim=(0, 31))
    for ax in panels.values():
        ax.spines[["top", "right"]].set_visible(False)
