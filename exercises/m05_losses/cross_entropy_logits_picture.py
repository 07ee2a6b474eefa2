"""The picture of cross_entropy_logits: the loss against the margin, with its linear tail."""

import numpy as np

BLUE, ORANGE, GREY = "#2f6db5", "#d9622b", "#8a9099"


def draw(figure, cross_entropy_logits):
    """Draw onto a matplotlib Figure, with the learner's `cross_entropy_logits`."""
    figure.set_size_inches(8, 5)
    ax = figure.subplots()
    margins = np.linspace(-8, 8, 161)
    for others, color in ((1, BLUE), (9, ORANGE)):
        losses = [cross_entropy_logits(np.array([[m] + [0.0] * others]), np.array([0])) for m in margins]
        ax.plot(margins, losses, color=color, lw=2.2, label=f"{others + 1} classes")
        ax.plot(0, np.log(others + 1), "o", color=color)
        ax.annotate(f"log {others + 1}", (0, np.log(others + 1)), (0.3, np.log(others + 1) + 0.25), color=color)
    ax.plot(margins, np.maximum(-margins, 0), color=GREY, lw=1, ls=":", label="-margin")
    ax.annotate("wrong by far: one nat more\nfor each unit of margin", (-6, 6.2), (-4.4, 7.2))
    ax.annotate("right by far: next to nothing", (6, 0.1), (2.2, 0.9))
    ax.set(xlabel="margin: right logit minus the others", ylabel="loss")
    ax.set_title("Cross-entropy: a linear tail, and no end of being right", loc="left")
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
