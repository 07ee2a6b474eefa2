"""The picture of mae: residuals as sticks with the band of the MAE, and what dragging one point does to it."""

import numpy as np

BLUE, ORANGE, GREY = "#2f6db5", "#d9622b", "#8a9099"


def draw(figure, mae):
    """Draw onto a matplotlib Figure, with the learner's `mae`."""
    figure.set_size_inches(10, 4)
    sticks, drag = figure.subplots(1, 2)
    rng = np.random.default_rng(3)
    x = np.linspace(0, 10, 14)
    guess = 1.5 + 0.4 * x
    truth = guess + rng.normal(0, 0.8, x.size)
    error = mae(truth, guess)

    sticks.fill_between(x, guess - error, guess + error, color=BLUE, alpha=0.13, lw=0, label=f"± MAE = {error:.2f}")
    sticks.vlines(x, guess, truth, color=ORANGE, lw=2, label="residuals")
    sticks.plot(x, guess, color=BLUE, lw=2, label="predictions")
    sticks.plot(x, truth, "o", color="black", ms=5, label="targets")
    sticks.set_title("The MAE is the mean length of the sticks", loc="left")
    sticks.set_xlabel("x")
    sticks.legend(frameon=False, loc="upper left", fontsize=9)

    shifts = np.linspace(-12, 12, 97)
    moved = np.repeat(truth[None, :], shifts.size, axis=0)
    moved[:, 7] = guess[7] + shifts
    drag.plot(shifts, [np.mean((row - guess) ** 2) for row in moved], color=GREY, lw=2)
    drag.plot(shifts, [mae(row, guess) for row in moved], color=BLUE, lw=2.5)
    drag.annotate("MSE: quadratic", (9, np.mean((moved[84] - guess) ** 2)), (-1.5, 8.5), color=GREY, fontsize=10)
    drag.annotate("your mae", (9, mae(moved[84], guess)), (1.5, 0.3), color=BLUE, fontsize=10)
    drag.set_title("One point is dragged away from its prediction", loc="left")
    drag.set_xlabel("residual of that point")
    drag.set_ylim(bottom=0)
    for ax in (sticks, drag):
        ax.spines[["top", "right"]].set_visible(False)
