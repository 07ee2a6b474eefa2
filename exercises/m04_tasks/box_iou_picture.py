"""The picture of box_iou: one box is dragged through another, and the IoU as a curve."""

import numpy as np
from matplotlib.patches import Rectangle

BLUE, ORANGE = "#2f6db5", "#d9622b"


def draw(figure, box_iou):
    """Draw onto a matplotlib Figure, with the learner's `box_iou`."""
    figure.set_size_inches(10, 4)
    boxes, curve = figure.subplots(1, 2)
    fixed = np.array([[0.0, 0.0, 4.0, 3.0]])
    shifts = np.linspace(-5, 5, 201)
    moved = fixed + np.stack([shifts, shifts / 4, shifts, shifts / 4], axis=1)
    boxes.add_patch(Rectangle((0, 0), 4, 3, fill=False, ec=BLUE, lw=2.5))
    for at in (40, 75, 100, 140):
        x1, y1, x2, y2 = moved[at]
        boxes.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fc=ORANGE, alpha=0.12, ec=ORANGE, lw=1.2))
    boxes.set(xlim=(-5, 8), ylim=(-2, 5), aspect="equal", xticks=[], yticks=[])
    boxes.set_title("A box on its way through another", loc="left")
    overlap = box_iou(fixed, moved)[0]
    curve.plot(shifts, overlap, color=BLUE, lw=2.5, label="your box_iou")
    curve.axhline(0.5, color="black", lw=0.8, ls=":")
    curve.text(-4.9, 0.52, "a usual threshold", fontsize=9)
    curve.plot(shifts[[40, 75, 100, 140]], overlap[[40, 75, 100, 140]], "o", color=ORANGE)
    curve.set(xlabel="shift", ylabel="IoU", ylim=(-0.02, 1.02))
    curve.set_title("Half a box beside it, the IoU is a third", loc="left")
    for ax in (boxes, curve):
        ax.spines[["top", "right"]].set_visible(False)
