"""The picture of lie_factor: a value that doubles, drawn by the diameter of a disc and by its area."""

from matplotlib.patches import Circle

BLUE, ORANGE = "#2f6db5", "#d9622b"


def draw(figure, lie_factor):
    """Draw onto a matplotlib Figure, with the learner's `lie_factor`."""
    figure.set_size_inches(10, 4)
    rows = ("the diameter doubles", 2.0, ORANGE), ("the area doubles", 2.0**0.5, BLUE)
    for ax, (name, diameter, color) in zip(figure.subplots(1, 2), rows, strict=True):
        for x, width, value in ((1.0, 1.0, 1), (3.2, diameter, 2)):
            ax.add_patch(Circle((x, width / 2), width / 2, color=color, alpha=0.8))
            ax.text(x, -0.12, f"value {value}", ha="center", va="top")
        factor = lie_factor(1, 2, 1.0, diameter, dimension=2)
        ax.set_title(f"{name}: lie factor {factor:.2f}", loc="left")
        ax.set(xlim=(0, 4.6), ylim=(-0.5, 2.2), aspect="equal", xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
