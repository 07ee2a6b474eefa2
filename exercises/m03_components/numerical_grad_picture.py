"""The picture of numerical_grad: the error against the step, for forward and for central differences."""

import numpy as np

BLUE, GREY = "#2f6db5", "#8a9099"


def draw(figure, numerical_grad):
    """Draw onto a matplotlib Figure, with the learner's `numerical_grad`."""
    figure.set_size_inches(8, 5)
    ax = figure.subplots()
    at = 1.0

    def f(x):
        return float(np.exp(np.sin(3 * x)).sum())

    truth = 3 * np.cos(3 * at) * np.exp(np.sin(3 * at))
    steps = 10.0 ** np.linspace(-12, -0.5, 70)
    central = [abs(float(numerical_grad(f, np.array(at), h)) - truth) for h in steps]
    forward = [abs((f(np.array(at + h)) - f(np.array(at))) / h - truth) for h in steps]
    ax.loglog(steps, forward, color=GREY, lw=1.8, label="forward difference")
    ax.loglog(steps, np.maximum(central, 1e-14), color=BLUE, lw=2.2, label="your central difference")
    ax.annotate("truncation: h²", (1e-2, central[np.searchsorted(steps, 1e-2)]), (3e-2, 1e-7), color=BLUE)
    ax.annotate("rounding: 1/h", (1e-10, 1e-5), (1e-11, 1e-7), color=BLUE)
    ax.axvline(1e-5, color="black", lw=0.8, ls=":")
    ax.text(1.2e-5, 1e0, "h = 1e-5", fontsize=9)
    ax.set(xlabel="step h", ylabel="error of the derivative")
    ax.set_title("A smaller step is better, until rounding takes over", loc="left")
    ax.legend(frameon=False, loc="lower right")
    ax.spines[["top", "right"]].set_visible(False)
